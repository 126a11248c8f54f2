"""Which task definition a service runs: its own input, or what the gates before it let through."""

from __future__ import annotations

from typing import Final

from tests.controls.tasks import TASK
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.registration import Registration

STASH: Final = "pulumi:index:Stash"


def revisions(recording: Recording, service: Registration) -> tuple[str, ...]:
    """The URNs of the task definitions."""
    found: list[str] = []
    for urn in service.property_dependencies.get("taskDefinition", ()):
        source = recording.registrations[urn]
        if source.type == STASH:
            found += released_by(recording, source)
        else:
            found.append(urn)
    return tuple(found)


def released_by(recording: Recording, gate: Registration) -> tuple[str, ...]:
    """The URNs of the task definitions that a gate lets through, which may have passed another one before it."""
    released = gate.inputs["input"].get("release")
    found: list[str] = []
    for urn in gate.property_dependencies["input"]:
        each = recording.registrations[urn]
        if each.type == STASH and each.inputs["input"].get("release") == released:
            found += released_by(recording, each)
        elif released is not None and _arn(recording, urn) == released:
            found.append(urn)
    return tuple(found)


def _arn(recording: Recording, urn: str) -> str | None:
    each = recording.registrations[urn]
    return str(OUTPUTS[TASK](each.name, each.inputs)["arn"]) if each.type == TASK else None
