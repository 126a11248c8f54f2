"""A table of ways to make a program worse, each with the finding that must notice it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Any, NamedTuple, TypeAlias

import pytest

from tests.engine.mutate import DELETE, added, mutated, with_options, without
from tests.engine.recording import Recording

Control: TypeAlias = Callable[[Recording], list[str]]
Change: TypeAlias = Callable[[Recording], Recording]


class Mutation(NamedTuple):
    """One change for the worse, and a part of what the control must say."""

    control: Control
    what: str
    change: Change
    finding: str

    def missed(self, sound: Recording) -> str:
        """Return why the control missed the change, or nothing when it is silent before and speaks after."""
        if before := self.control(sound):
            return f"findings without the change: {before}"
        after = self.control(self.change(sound))
        return "" if any(self.finding in each for each in after) else f"findings: {after}"


def each_of(mutations: Iterable[Mutation]) -> list[Any]:
    """Name the mutations for `pytest.mark.parametrize`."""
    return [pytest.param(each, id=f"{each.control.__name__}: {each.what}") for each in mutations]


def controls_of(module: ModuleType) -> set[str]:
    """Find the controls of a module: its functions from a recording to findings."""
    return {
        name
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(function).return_annotation == "list[str]"
        and len(inspect.signature(function).parameters) == 1
    }


def becomes(value: Any) -> str:
    """Say what an input becomes, the same in every process: test ids are compared between them."""
    return "is gone" if value is DELETE else f"is {value}"


def setting(kind: str, name: str, path: str, value: Any = DELETE) -> Change:
    """Give one input another value, or take it away."""
    return lambda recording: mutated(recording, kind, name, path, value)


def adding(kind: str, **inputs: Any) -> Change:
    """Add a resource named `extra`."""
    return lambda recording: added(recording, kind, "extra", inputs)


def removing(kind: str, *names: str) -> Change:
    """Take away the resources of those names, or all of the type."""

    def change(recording: Recording) -> Recording:
        for name in names or (None,):
            recording = without(recording, kind, name)
        return recording

    return change


def protecting(kind: str, name: str, *, protect: bool) -> Change:
    """Protect a resource, or not."""
    return lambda recording: with_options(recording, kind, name, protect=protect)
