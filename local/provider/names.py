"""Physical names for resources that the program leaves unnamed, made as the real provider makes them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from local.provider.errors import ProviderError

RANDOM_LENGTH: Final = 7


@dataclass(frozen=True)
class Autoname:
    """The input that holds the name, AWS's longest name, and what the name starts with."""

    property: str = "name"
    longest: int = 255
    prefix: str = ""
    lower: bool = False


def autoname(rule: Autoname, logical_name: str, seed: bytes) -> str:
    """Make `<logical name>-<7 hex digits>`; the seed decides the digits, as preview and update must agree."""
    stem = f"{rule.prefix}{logical_name.lower() if rule.lower else logical_name}-"
    if len(stem) + RANDOM_LENGTH > rule.longest:
        raise ProviderError(
            f"name '{stem}' plus {RANDOM_LENGTH} random chars is longer than maximum length {rule.longest}"
        )
    digits = hashlib.sha256(seed).hexdigest() if seed else secrets.token_hex(RANDOM_LENGTH)
    return stem + digits[:RANDOM_LENGTH]
