"""What is wrong with a stack file, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# A place in a stack file: ("services", "ledger", "cpu"); a number is the position in a list.
Place = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One mistake: where it is, and a text that says what is wrong and what would be right."""

    place: Place
    text: str
    line: int | None = None
    # The place that a misspelt key was meant for; that nothing is there need not be said as well.
    meant: Place | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}: "
        return f"{where}{dotted(self.place)}: {self.text}" if self.place else f"{where}{self.text}"


class SettingsError(Exception):
    """All mistakes of one stack file in one message: the file's name, then one line for each."""

    def __init__(self, source: str, problems: Iterable[Problem]) -> None:
        problems = tuple(problems)
        meant = {problem.meant for problem in problems}
        found = sorted(
            (problem for problem in problems if problem.place not in meant),
            key=lambda problem: problem.line or 0,
        )
        self.problems = tuple(str(problem) for problem in found)
        heading = "1 mistake" if len(found) == 1 else f"{len(found)} mistakes"
        super().__init__("\n  ".join((f"{source}: {heading}", *self.problems)))


def dotted(place: Place) -> str:
    """The place as a person writes it: `network.availability_zones[1]`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return text.removeprefix(".")
