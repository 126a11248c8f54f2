"""Which variables of a container would show a secret to everybody who may read the revision."""

from __future__ import annotations

import re
from typing import Final

_SECRET_WORDS: Final = frozenset(
    {
        *("APIKEY", "CREDENTIAL", "CREDENTIALS", "DSN", "PASSPHRASE", "PASSWD", "PASSWORD"),
        *("PASSWORDS", "PWD", "SECRET", "SECRETS", "TOKEN", "TOKENS"),
    }
)
# What these end measures a secret and is none: ACCESS_TOKEN_EXPIRE_MINUTES.
_MEASURES: Final = frozenset({"COUNT", "DAYS", "HOURS", "LENGTH", "MINUTES", "SECONDS", "TTL"})
# A login, or a value with one inside.
_ENDINGS: Final = ("ACCESS_KEY_ID", "DATABASE_URL", "ECS_ENGINE_AUTH_DATA", "WEBHOOK_URL")


def shows_a_secret(name: str) -> bool:
    """Whether a plain variable of this name probably holds a secret. By name, since a value does not tell."""
    upper = name.upper()
    words = re.split(r"[^A-Z0-9]+", upper)
    if words[-1] in _MEASURES:
        return False
    if upper.endswith(_ENDINGS) or not _SECRET_WORDS.isdisjoint(words):
        return True
    return words[-1] == "KEY" and words[-2:] != ["PUBLIC", "KEY"]
