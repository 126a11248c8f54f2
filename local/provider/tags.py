"""Tags as maps, whatever a service calls them, and the provider's default tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Tags: TypeAlias = dict[str, str]


def pairs(tags: Mapping[str, str], key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
    """Write tags as most services take them."""
    return [{key: name, value: text} for name, text in sorted(tags.items())]


def unpaired(items: list[dict[str, str]], key: str = "Key", value: str = "Value") -> Tags:
    """Read tags as most services answer them."""
    return {item[key]: item[value] for item in items}


def without_defaults(tags: Tags, own: Tags, defaults: Tags) -> Tags:
    """Leave out what the provider's default tags account for, unless the program sets it on the resource too."""
    return {key: text for key, text in tags.items() if key in own or defaults.get(key) != text}
