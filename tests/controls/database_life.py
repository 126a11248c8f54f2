"""Controls on what becomes of databases: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Final

from tests.controls.database_inputs import INSTANCE, where
from tests.engine.recording import Recording

RANDOM_ID: Final = "random:index/randomId:RandomId"
GP3_FIGURES_FROM_GIB: Final = 400


def databases_are_backed_up(recording: Recording) -> list[str]:
    """RDS.11, and for as long as an instance keeps them after it is gone."""
    return where(recording, "its backups go with it", deleteAutomatedBackups=False) + [
        f"{each.name}: backups of {each.inputs.get('backupRetentionPeriod', 0)} days"
        for each in recording.all(INSTANCE)
        if each.inputs.get("backupRetentionPeriod", 0) < 7
    ]


def databases_leave_a_last_snapshot(recording: Recording) -> list[str]:
    """RDS.8, the part that holds everywhere: under a name that no other instance had."""
    findings = where(recording, "leaves nothing", skipFinalSnapshot=False)
    names = [each.inputs.get("finalSnapshotIdentifier") for each in recording.all(INSTANCE)]
    random = {each.urn for each in recording.all(RANDOM_ID)}
    for each in recording.all(INSTANCE):
        made = each.property_dependencies.get("finalSnapshotIdentifier", ())
        name = each.inputs.get("finalSnapshotIdentifier")
        if not name or names.count(name) > 1 or not random & set(made):
            findings.append(f"{each.name}: the name of its last snapshot may be taken")
    return findings


def databases_are_protected(recording: Recording) -> list[str]:
    """RDS.8: AWS refuses to delete it, and so does Pulumi. For stacks whose settings ask for protection."""
    return where(recording, "AWS would delete it", deletionProtection=True) + [
        f"{each.name}: Pulumi would delete it"
        for each in recording.all(INSTANCE)
        if not each.protect
    ]


def databases_upgrade_themselves(recording: Recording) -> list[str]:
    """RDS.13. A minor version in the program would be refused as soon as RDS drops it."""
    return where(recording, "minor versions are ours to upgrade", autoMinorVersionUpgrade=True) + [
        f"{each.name}: version {each.inputs.get('engineVersion')} names a minor one"
        for each in recording.all(INSTANCE)
        if not str(each.inputs.get("engineVersion")).isdigit()
    ]


def snapshots_say_whose_they_are(recording: Recording) -> list[str]:
    """RDS.17."""
    return where(recording, "its snapshots have no tags", copyTagsToSnapshot=True)


def certificates_are_of_a_known_authority(recording: Recording) -> list[str]:
    """One that changes by itself would cut off every client that verifies it."""
    return [
        f"{each.name}: any certificate authority"
        for each in recording.all(INSTANCE)
        if not str(each.inputs.get("caCertIdentifier", "")).startswith("rds-ca-")
    ]


def storage_grows_by_itself(recording: Recording) -> list[str]:
    """And no update shrinks it again; figures of gp3 are legal on one side of 400 GiB only."""
    findings = []
    for each in recording.all(INSTANCE):
        gib, most = (each.inputs.get(key, 0) for key in ("allocatedStorage", "maxAllocatedStorage"))
        if most * 10 < gib * 11:
            findings.append(f"{each.name}: no room to grow from {gib} GiB")
        if "allocatedStorage" not in each.ignore_changes:
            findings.append(f"{each.name}: an update would take grown storage for drift")
        figures = each.inputs.keys() & {"iops", "storageThroughput"}
        if each.inputs.get("storageType") != "gp3" or (gib < GP3_FIGURES_FROM_GIB and figures):
            findings.append(f"{each.name}: storage that AWS refuses, or that is no gp3")
    return findings
