"""Controls on what becomes of databases hold, and each is seen to fail on one that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import database_life as controls
from tests.controls.database_inputs import INSTANCE
from tests.controls.database_life import RANDOM_ID
from tests.controls.database_sample import databases
from tests.controls.mutation import (
    Change,
    Mutation,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.controls.tables import table
from tests.engine.mutate import DELETE, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

NAME = "general-instance"
PRODUCTION = {"databases_are_protected"}


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(INSTANCE, NAME, path, value)


def _same_name() -> Change:
    def change(recording: Recording) -> Recording:
        other = recording.one(INSTANCE, "card-instance").inputs["finalSnapshotIdentifier"]
        return _set("finalSnapshotIdentifier", other)(recording)

    return change


MUTATIONS = [
    *table(
        controls.databases_are_backed_up,
        f"{NAME}: backups of",
        ("none", _set("backupRetentionPeriod", 0)),
        ("a day", _set("backupRetentionPeriod", 1)),
        ("six days", _set("backupRetentionPeriod", 6)),
        ("RDS's choice", _set("backupRetentionPeriod")),
    ),
    *table(
        controls.databases_are_backed_up,
        f"{NAME}: its backups go with it",
        ("deleted", _set("deleteAutomatedBackups", value=True)),
        ("deleted by default", _set("deleteAutomatedBackups")),
    ),
    *table(
        controls.databases_leave_a_last_snapshot,
        f"{NAME}: leaves nothing",
        ("none", _set("skipFinalSnapshot", value=True)),
    ),
    *table(
        controls.databases_leave_a_last_snapshot,
        f"{NAME}: the name of its last snapshot may be taken",
        ("no name", _set("finalSnapshotIdentifier")),
        ("another's name", _same_name()),
        ("the same name each time", removing(RANDOM_ID, "general-final-snapshot")),
    ),
    *table(
        controls.databases_are_protected,
        f"{NAME}: AWS would delete it",
        ("off", _set("deletionProtection", value=False)),
        ("off by default", _set("deletionProtection")),
    ),
    *table(
        controls.databases_are_protected,
        f"{NAME}: Pulumi would delete it",
        ("not protected", protecting(INSTANCE, NAME, protect=False)),
    ),
    *table(
        controls.databases_upgrade_themselves,
        f"{NAME}: minor versions are ours",
        ("off", _set("autoMinorVersionUpgrade", value=False)),
    ),
    *table(
        controls.databases_upgrade_themselves,
        f"{NAME}: version",
        ("one that is gone", _set("engineVersion", "17.1")),
        ("RDS's choice", _set("engineVersion")),
    ),
    *table(
        controls.snapshots_say_whose_they_are,
        f"{NAME}: its snapshots have no tags",
        ("off", _set("copyTagsToSnapshot", value=False)),
        ("off by default", _set("copyTagsToSnapshot")),
    ),
    *table(
        controls.certificates_are_of_a_known_authority,
        f"{NAME}: any certificate authority",
        ("RDS's choice", _set("caCertIdentifier")),
    ),
    *table(
        controls.storage_grows_by_itself,
        f"{NAME}: no room to grow",
        ("as it is", _set("maxAllocatedStorage", 20)),
        ("a gibibyte more", _set("maxAllocatedStorage", 21)),
        ("off", _set("maxAllocatedStorage")),
    ),
    *table(
        controls.storage_grows_by_itself,
        f"{NAME}: an update would take grown storage for drift",
        (
            "not ignored",
            lambda recording: with_options(recording, INSTANCE, NAME, ignore_changes=()),
        ),
    ),
    *table(
        controls.storage_grows_by_itself,
        f"{NAME}: storage that AWS refuses",
        ("gp2", _set("storageType", "gp2")),
        ("operations below 400 GiB", _set("iops", 3000)),
        ("throughput below 400 GiB", _set("storageThroughput", 125)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_database_is_found(mutation: Mutation) -> None:
    assert mutation.missed(databases()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    if stack == "prod" or control not in PRODUCTION:
        assert getattr(controls, control)(platform(stack)) == []
