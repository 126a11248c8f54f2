"""How AWS writes a policy: one value may stand by itself where several would be a list."""

from __future__ import annotations

from typing import Any


def many(value: Any) -> list[Any]:
    """The values, however many there are."""
    return value if isinstance(value, list) else [value]
