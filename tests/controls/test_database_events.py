"""Controls on events of databases hold, and each is seen to fail when less is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import database_events as controls
from tests.controls.database_events import SUBSCRIPTION
from tests.controls.database_sample import databases
from tests.controls.mutation import (
    Change,
    Control,
    Mutation,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.tables import table
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

BY_SOURCE: dict[str, tuple[Control, tuple[str, ...]]] = {
    "instance": (
        controls.events_of_instances_are_told,
        ("configuration change", "failure", "maintenance"),
    ),
    "parameter-group": (controls.changes_of_parameters_are_told, ("configuration change",)),
    "security-group": (
        controls.events_of_security_groups_are_told,
        ("configuration change", "failure"),
    ),
}


def _set(source: str, path: str, value: Any = DELETE) -> Change:
    return setting(SUBSCRIPTION, f"database-events-{source}", path, value)


def _worse(source: str) -> list[Mutation]:
    control, categories = BY_SOURCE[source]
    less = [
        *(
            Mutation(
                control,
                f"{source} without {category}",
                _set(source, f"eventCategories.{index}", "creation"),
                f"db-{source}: nobody is told of a {category}",
            )
            for index, category in enumerate(categories)
        ),
    ]
    return less + table(
        control,
        f"db-{source}: nobody is told",
        ("nothing", removing(SUBSCRIPTION, f"database-events-{source}")),
        ("off", _set(source, "enabled", value=False)),
        ("no categories", _set(source, "eventCategories")),
        ("of another source", _set(source, "sourceType", "db-snapshot")),
        ("of one alone", _set(source, "sourceIds", ["general"])),
    )


MUTATIONS = [each for source in BY_SOURCE for each in _worse(source)]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_what_is_not_told_is_found(mutation: Mutation) -> None:
    assert mutation.missed(databases()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
