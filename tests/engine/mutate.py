"""Change one thing in a recorded program, to see that a control notices."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration


class _Delete:
    """Takes the input away; its name is the same in every process, for it stands in names of tests."""

    def __repr__(self) -> str:
        return "DELETE"


DELETE: Final = _Delete()


def mutated(
    recording: Recording, kind: str, name: str, path: str, value: Any = DELETE
) -> Recording:
    """A copy in which one input of one resource is another, or gone.

    `path` walks objects and lists by dots (`settings.0.value`). A key that ends in `!` holds JSON text and is parsed
    and written back (`containerDefinitions!.0.user`). Raises when the path leads nowhere: such a mutation proves nothing.
    """
    target = recording.one(kind, name)
    inputs = copy.deepcopy(target.inputs)
    _set(inputs, path.split("."), value, path)
    if inputs == target.inputs:
        raise ValueError(f"{path} of {name} has that value already")
    return _with(recording, target.with_inputs(inputs))


def with_options(recording: Recording, kind: str, name: str, **options: Any) -> Recording:
    """A copy in which options of one resource (protect, ignore_changes, …) are others."""
    return _with(recording, replace(recording.one(kind, name), **options))


def without(recording: Recording, kind: str, name: str | None = None) -> Recording:
    """A copy that lacks the resources of a type, or the one of that name."""
    kept = {
        urn: each
        for urn, each in recording.registrations.items()
        if not (each.type == kind and name in (None, each.name))
    }
    if len(kept) == len(recording.registrations):
        raise ValueError(f"there is no {kind} {name or ''} to take away")
    return replace(recording, registrations=kept)


def added(recording: Recording, kind: str, name: str, inputs: dict[str, Any]) -> Recording:
    """A copy with one more resource."""
    urn = f"urn:pulumi:staging::turnstay::{kind}::{name}"
    extra = Registration(urn=urn, type=kind, name=name, parent="", custom=True, inputs=inputs)
    return _with(recording, extra)


def _with(recording: Recording, registration: Registration) -> Recording:
    return replace(
        recording, registrations={**recording.registrations, registration.urn: registration}
    )


def _set(holder: Any, keys: list[str], value: Any, path: str) -> None:
    key = keys[0]
    if key.endswith("!"):
        document = json.loads(holder[key[:-1]])
        _set(document, keys[1:], value, path)
        holder[key[:-1]] = json.dumps(document)
        return
    index: Any = int(key) if isinstance(holder, list) else key
    if len(keys) > 1:
        if not isinstance(holder, list) and index not in holder:
            raise ValueError(f"{path}: there is no {key}")
        _set(holder[index], keys[1:], value, path)
    elif value is DELETE:
        del holder[index]
    else:
        holder[index] = value
