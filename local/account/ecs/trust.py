"""Whom a container believes when it asks its database who it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

VARIABLE: Final = "PGSSLROOTCERT"  # psql and asyncpg read it
ASKS: Final = re.compile(r"[?&]ssl(?:mode)?=verify-")


def trust(environment: Mapping[str, str], authority: Path | None) -> dict[str, str]:
    """Name the authority of this machine's databases to a container that verifies them, by its URL or by libpq's.

    On AWS the authorities of RDS are files in the image. There is no such file here, whatever the container names.
    """
    asks = environment.get("PGSSLMODE", "").startswith("verify-") or any(
        ASKS.search(value) for value in environment.values()
    )
    return {VARIABLE: str(authority)} if asks and authority else {}
