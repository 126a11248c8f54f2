"""What one stack alone may manage, and who else claims it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from stacks.errors import Problem
from stacks.stack_text import read_stack_text

# Sections with a switch `manage` for what exists once for all stacks.
SECTIONS: Final = ("packages",)


def claims(values: Mapping[str, Any]) -> frozenset[str]:
    """The sections that the values of a stack file claim."""
    return frozenset(each for each in SECTIONS if _manages(values.get(each)))


def contested(values: Mapping[str, Any], stack: str, root: Path) -> Iterator[Problem]:
    """A problem for each claim that the file of another stack in the folder makes as well.

    Two stacks with one domain would undo each other's controls at every update. Another file that cannot be read claims
    nothing: its own mistakes are told where it is checked.
    """
    mine = claims(values)
    if not mine:  # no other file has to be read
        return
    for path in sorted(root.glob("Pulumi.*.yaml")):
        other = path.name[len("Pulumi.") : -len(".yaml")]
        if other == stack:
            continue
        for section in sorted(mine & claims(_values(path))):
            text = f"true, and stack {other} manages the {section} already; exactly one may: write false here or there"
            yield Problem(place=(section, "manage"), text=text)


def _values(path: Path) -> Mapping[str, Any]:
    try:
        return read_stack_text(path.read_text(encoding="utf-8-sig")).values or {}
    except (OSError, UnicodeDecodeError):
        return {}


def _manages(section: object) -> bool:
    return isinstance(section, Mapping) and section.get("manage") is True
