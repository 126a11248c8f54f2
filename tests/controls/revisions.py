"""Which task definition a service runs: its own input, or what the gate before it lets through."""

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
            released = source.inputs["input"].get("release")
            behind = source.property_dependencies["input"]
            found += [each for each in behind if _arn(recording, each) == released]
        else:
            found.append(urn)
    return tuple(found)


def _arn(recording: Recording, urn: str) -> str | None:
    each = recording.registrations[urn]
    return str(OUTPUTS[TASK](each.name, each.inputs)["arn"]) if each.type == TASK else None
