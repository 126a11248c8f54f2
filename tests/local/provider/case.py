"""One resource type under test: what it is given, what changes it, and what an outsider does to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

from tests.local.provider.driver import Driver, Props, Resource

Client: TypeAlias = Callable[[str], Any]
Need: TypeAlias = Callable[[str], Resource]
NUMBERS = count(1)
BLOCKS = (f"10.9.{number}.0/24" for number in range(1, 255))


@dataclass(frozen=True, kw_only=True)
class Case:
    """A row of a table of cases.

    `updates` and `replaces` are changes of the inputs (None takes one away), each on top of the first inputs.
    `drift` does something to the resource behind Pulumi's back, after which the input `drifted` differs.
    """

    type: str
    inputs: Callable[[Need], Props]
    updates: tuple[Props, ...] = ()
    replaces: tuple[Props, ...] = ()
    drift: Callable[[Client, Resource], object] | None = None
    drifted: str = ""
    # Whether something of it stays in AWS after it was deleted.
    stays: bool = False


def changed(inputs: Props, change: Props) -> Props:
    """Apply a change to inputs."""
    return {key: value for key, value in {**inputs, **change}.items() if value is not None}


def fresh(pattern: str) -> str:
    """Put a number that no other text of this run has in the place of the #."""
    return pattern.replace("#", str(next(NUMBERS)))


class World:
    """Resources that others stand on, each made once from its own case: `vpc`, or `vpc of gateway` for another one."""

    def __init__(self, driver: Driver, cases: dict[str, Case]) -> None:
        self._driver, self._cases = driver, cases
        self._made: dict[str, Resource] = {}

    def __call__(self, name: str) -> Resource:
        if name not in self._made:
            case = self._cases[name.partition(" of ")[0]]
            inputs = case.inputs(self)
            self._made[name] = self._driver.create(case.type, fresh("base-#"), inputs)
        return self._made[name]

    def add(self, name: str, identity: str) -> None:
        """Let resources stand on something that no case makes."""
        self._made[name] = Resource(urn="", type="", name=name, id=identity)
