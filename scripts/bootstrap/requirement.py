"""What must be so in the account, what is found, and the difference."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "missing", "differs"]


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One thing that must be so: what is wanted, how it is read, and how it is brought about.

    `read` answers in the same form as `wanted`, and None for what is not there. `wanted` is asked late, because some of it
    (the key's ARN) exists only once what stands before it in the list has been made.
    """

    place: str
    name: str
    wanted: Callable[[], object]
    read: Callable[[], object | None]
    write: Callable[[], None]

    def examine(self) -> Finding:
        """Compare, changing nothing."""
        return Finding(place=self.place, name=self.name, found=self.read(), wanted=self.wanted())


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What was found of one requirement."""

    place: str
    name: str
    found: object | None
    wanted: object

    @property
    def verdict(self) -> Verdict:
        """In place, not there, or there in another form."""
        if self.found == self.wanted:
            return "ok"
        return "missing" if self.found is None else "differs"
