"""Controls on what RDS tells of databases: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Final

from tests.controls.database_inputs import INSTANCE
from tests.engine.recording import Recording

SUBSCRIPTION: Final = "aws:rds/eventSubscription:EventSubscription"


def _untold(recording: Recording, source: str, *categories: str) -> list[str]:
    """Of a program with databases, what no subscription to all sources of that type tells."""
    told = {
        category
        for each in recording.all(SUBSCRIPTION)
        if each.inputs.get("sourceType") == source
        and each.inputs.get("enabled") is not False
        and not each.inputs.get("sourceIds")
        for category in each.inputs.get("eventCategories", [])
    }
    if not recording.all(INSTANCE):
        return []
    return [f"{source}: nobody is told of a {each}" for each in categories if each not in told]


def events_of_instances_are_told(recording: Recording) -> list[str]:
    """RDS.20."""
    return _untold(recording, "db-instance", "maintenance", "configuration change", "failure")


def changes_of_parameters_are_told(recording: Recording) -> list[str]:
    """RDS.21."""
    return _untold(recording, "db-parameter-group", "configuration change")


def events_of_security_groups_are_told(recording: Recording) -> list[str]:
    """RDS.22."""
    return _untold(recording, "db-security-group", "configuration change", "failure")
