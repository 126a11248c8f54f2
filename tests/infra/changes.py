"""What an update would do: two recordings of the program, compared resource by resource."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.engine.values import Secret

ABSENT: Final = object()


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Resources by type and name, and of the changed ones the inputs that differ."""

    added: set[str]
    removed: set[str]
    changed: dict[str, set[str]]


def changes(before: Recording, after: Recording) -> Changes:
    """The differences that the engine would act on: what a resource ignores is none."""
    old, new = _custom(before), _custom(after)
    compared = {_named(each): _differing(old[urn], each) for urn, each in new.items() if urn in old}
    return Changes(
        added={_named(new[urn]) for urn in new.keys() - old.keys()},
        removed={_named(old[urn]) for urn in old.keys() - new.keys()},
        changed={name: paths for name, paths in compared.items() if paths},
    )


def _custom(recording: Recording) -> dict[str, Registration]:
    return {urn: each for urn, each in recording.registrations.items() if each.custom}


def _named(each: Registration) -> str:
    return f"{each.type.rpartition(':')[2]} {each.name}"


def _differing(old: Registration, new: Registration) -> set[str]:
    return {
        path
        for path in _paths(old.inputs, new.inputs, "")
        if path.split(".")[0] not in new.ignore_changes
    }


def _paths(old: Any, new: Any, path: str) -> Iterator[str]:
    """Where two values differ, as deep as both have the same shape; JSON text is looked into."""
    old, new = _opened(old), _opened(new)
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        old, new = dict(enumerate(old)), dict(enumerate(new))
    if not (isinstance(old, dict) and isinstance(new, dict)):
        if old != new:
            yield path
        return
    for key in {**old, **new}:
        here = f"{path}.{key}" if path else key
        yield from _paths(old.get(key, ABSENT), new.get(key, ABSENT), here)


def _opened(value: Any) -> Any:
    if isinstance(value, Secret):
        value = value.value
    if isinstance(value, str) and value[:1] in ("{", "["):
        with suppress(ValueError):  # a template or a filter's pattern, which only looks like JSON
            return json.loads(value)
    return value
