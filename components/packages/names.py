"""What the package domain calls its parts; service teams write these names into their projects."""

from __future__ import annotations

from typing import Final

DOMAIN: Final = "turnstay"
INTERNAL: Final = "internal"
"""Where private packages are published, and the only repository that anything installs from."""
STORE: Final = "pypi-store"
"""Where public packages are kept once they have been asked for."""
PUBLIC: Final = "public:pypi"


def index_url(*, account_id: str, region: str) -> str:
    """The index that pip and Poetry install from; without a token it answers 401."""
    host = f"{DOMAIN}-{account_id}.d.codeartifact.{region}.amazonaws.com"
    return f"https://{host}/pypi/{INTERNAL}/simple/"
