"""What is wrong with a secret of a service, before AWS is asked."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

Source: TypeAlias = Literal["generated", "supplied", "external"]

SOURCES: Final = ("generated", "supplied", "external")


def secret_problems(
    *,
    secret_name: str,
    source: str,
    rotate: int,
    has_value: bool,
) -> list[str]:
    """All that is wrong with the plain inputs; empty when nothing is. A value is never among them."""
    found = []
    if not re.fullmatch(r"[A-Za-z0-9/_+=.@-]{1,512}", secret_name):
        found.append(
            f"secret_name is up to 512 letters, digits and any of /_+=.@-, got {secret_name!r}"
        )
    if source not in SOURCES:
        found.append(f"source is one of {', '.join(SOURCES)}, got {source!r}")
    elif has_value and source != "supplied":
        found.append(f"a value belongs to a supplied secret, and this one is {source}")
    elif not has_value and source == "supplied":
        found.append("a supplied secret has a value, got none")
    if rotate < 0:
        found.append(f"rotate is at least 0, got {rotate}")
    if rotate and source != "generated":
        found.append(f"rotate is for generated secrets, and this one is {source}, got {rotate}")
    return found
