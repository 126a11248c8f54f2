"""The secrets of a stack as a table or as JSON; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from scripts.service_secrets.inventory import Entry
from scripts.service_secrets.states import State
from stacks.secret_commands import set_command

HEADINGS: Final = ("SECRET", "SOURCE", "USED BY", "AGE", "VALUE")
UNKNOWN: Final = "not in the settings"
GAP: Final = "  "


@dataclass(frozen=True, kw_only=True)
class Row:
    """One secret: as the settings have it, and as it is in AWS; None: it is in one of them alone."""

    name: str
    entry: Entry | None
    state: State | None

    @property
    def value(self) -> str:
        """Whether there is a value."""
        if self.state is None:
            return "no secret yet"
        if self.state.deleted:
            return "being deleted"
        return "yes" if self.state.set_at else "no"

    @property
    def is_missing(self) -> bool:
        """Whether an operator has still to set the value."""
        external = self.entry is not None and self.entry.source == "external"
        return external and self.value != "yes"


def rows(entries: Sequence[Entry], states: Mapping[str, State]) -> list[Row]:
    """The secrets of the settings in their order, then what AWS has besides."""
    known = [Row(name=each.name, entry=each, state=states.get(each.name)) for each in entries]
    besides = sorted(states.keys() - {each.name for each in entries})
    return known + [Row(name=each, entry=None, state=states[each]) for each in besides]


def table(found: Sequence[Row], stack: str, now: datetime) -> str:
    """A line for each secret, and the commands that set what is missing."""
    lines = [HEADINGS, *(_cells(each, now) for each in found)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    text = [
        GAP.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([*text, "", *_summary(found, stack)])


def as_json(found: Sequence[Row]) -> str:
    """A list of objects, one for each secret."""
    return json.dumps(
        [
            {
                "name": each.name,
                "service": each.entry.service if each.entry else None,
                "variable": each.entry.variable if each.entry else None,
                "source": each.entry.source if each.entry else None,
                "used_by": each.entry.users if each.entry else None,
                "exists": each.state is not None,
                "being_deleted": each.state is not None and each.state.deleted,
                "has_value": each.value == "yes",
                "set_at": (
                    each.state.set_at.isoformat() if each.state and each.state.set_at else None
                ),
            }
            for each in found
        ],
        indent=2,
    )


def age(since: datetime, now: datetime) -> str:
    """How long ago, in one unit."""
    passed = max(now - since, timedelta())
    for unit, length in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if passed.total_seconds() >= length:
            return f"{int(passed.total_seconds() // length)} {unit}"
    return "now"


def _cells(row: Row, now: datetime) -> tuple[str, ...]:
    set_at = row.state.set_at if row.state else None
    source, users = (row.entry.source, row.entry.users) if row.entry else (UNKNOWN, "-")
    return (row.name, source, users, age(set_at, now) if set_at else "-", row.value)


def _summary(found: Sequence[Row], stack: str) -> list[str]:
    missing = [each for each in found if each.is_missing]
    if not missing:
        return ["every external secret has a value"]
    count = (
        "1 external secret has" if len(missing) == 1 else f"{len(missing)} external secrets have"
    )
    lines = [
        f"{count} no value; a service without one of its values is not released. This sets them:"
    ]
    lines += [
        f"  {set_command(stack, each.entry.service, each.entry.variable)}"
        for each in missing
        if each.entry
    ]
    if any(each.state is None for each in missing):
        lines.append(
            f"what is no secret yet is made by `pulumi up --stack {stack}`, before its value"
        )
    return lines
