"""Which names announce a secret."""

from __future__ import annotations

import re
from typing import Final

_SECRET: Final = frozenset(
    {"APIKEY", "CREDENTIAL", "CREDENTIALS", "DSN", "PASSPHRASE", "PASSWD", "PASSWORD", "PASSWORDS"}
    | {"PWD", "SECRET", "SECRETS", "TOKEN", "TOKENS"}
)
# What these end is a measure of a secret, not the secret: ACCESS_TOKEN_EXPIRE_MINUTES.
_MEASURE: Final = frozenset({"COUNT", "DAYS", "HOURS", "LENGTH", "MINUTES", "SECONDS", "TTL"})


# A login, and an address that is one: whoever knows a webhook may post to it.
_ENDINGS: Final = ("ACCESS_KEY_ID", "DATABASE_URL", "WEBHOOK_URL")


def looks_secret(name: str) -> bool:
    """Whether a value of this name is probably a secret: a secret's word in it, or KEY at its end.

    Words are compared whole, so TOKENIZER_MODEL is none; nor is a PUBLIC_KEY.
    """
    words = re.split(r"[^A-Z0-9]+", name.upper())
    if words[-1] in _MEASURE:
        return False
    if "_".join(words).endswith(_ENDINGS) or not _SECRET.isdisjoint(words):
        return True
    return words[-1] == "KEY" and words[-2:] != ["PUBLIC", "KEY"]
