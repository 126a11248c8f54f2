"""No change of size, version or settings replaces the instance."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any

import botocore.session
import pulumi_aws as aws
import pytest
from pulumi import _types

from components.database.postgres_database import PostgresDatabaseArgs
from tests.components.database.database_samples import INSTANCE, PARAMETERS, database
from tests.components.database.replacing import RENAMED, REPLACING, UNCHANGEABLE
from tests.engine.lint import arguments_class
from tests.engine.recording import Recording
from tests.infra.changes import changes

DATABASE = "Instance general-instance"
GROUP = "ParameterGroup general-server-parameters"


@cache
def _before() -> Recording:
    return database()


OPERATIONS: dict[str, tuple[dict[str, Any], dict[str, set[str]]]] = {
    "a major version upgrade": (
        {
            "engine_version": "18",
            "allow_major_version_upgrade": True,
            "apply_immediately": True,
        },
        # The group is another one; the recording gives both the same name.
        {DATABASE: {"engineVersion", "allowMajorVersionUpgrade", "applyImmediately"}},
    ),
    "another class": ({"instance_class": "db.r7g.xlarge"}, {DATABASE: {"instanceClass"}}),
    "more storage to grow into": ({"max_storage_gib": 1000}, {DATABASE: {"maxAllocatedStorage"}}),
    "more storage at the beginning": ({"storage_gib": 50}, {}),
    "one zone": ({"multi_az": False}, {DATABASE: {"multiAz"}}),
    "backups for a week": (
        {"backup_retention_days": 7},
        {DATABASE: {"backupRetentionPeriod"}},
    ),
    "other windows": (
        {"backup_window": "03:00-03:30", "maintenance_window": "mon:04:00-mon:05:00"},
        {DATABASE: {"backupWindow", "maintenanceWindow"}},
    ),
    "another port": ({"port": 5439}, {DATABASE: {"port"}}),
    "another key for the password": (
        {"secret_key_arn": "other"},
        {DATABASE: {"masterUserSecretKmsKeyId"}},
    ),
    "another subnet": (
        {"subnet_ids": ["subnet-1", "subnet-2", "subnet-3"]},
        {"SubnetGroup general-subnets": {"subnetIds"}},
    ),
}


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_change_touches_what_can_be_changed_in_place(operation: str) -> None:
    arguments, expected = OPERATIONS[operation]
    update = changes(_before(), database(**arguments))

    assert (update.added, update.removed) == (set(), set())
    assert {name: paths for name, paths in update.changed.items() if name != GROUP} == expected
    assert not update.changed.get(DATABASE, set()) & REPLACING.keys()


OTHERS: dict[str, Any] = {
    "identifier": "another",
    "account_id": "444455556666",
    "region": "eu-central-1",
    "vpc_id": "vpc-2",
    "subnet_ids": ["subnet-9"],
    "engine_version": "16",
    "instance_class": "db.m7g.large",
    "storage_gib": 21,
    "max_storage_gib": 200,
    "multi_az": False,
    "port": 5434,
    "master_username": "another",
    "master_rotation_days": 30,
    "backup_retention_days": 7,
    "backup_window": "05:00-06:00",
    "maintenance_window": "mon:10:00-mon:11:00",
    "apply_immediately": True,
    "storage_key_arn": "another",
    "insights_key_arn": "another",
    "insights_retention_days": 731,
    "secret_key_arn": "another",
    "logs_key_arn": "another",
    "log_retention_days": 731,
    "monitoring_interval_seconds": 5,
    "deletion_protection": False,
    "protect": False,
    "tags": {"a": "b"},
}


def test_only_two_arguments_replace_the_instance() -> None:
    fields = {each.name for each in dataclasses.fields(PostgresDatabaseArgs)}
    assert fields - OTHERS.keys() == {"allow_major_version_upgrade"}  # goes with the version

    replacing = {
        name
        for name, value in OTHERS.items()
        if changes(_before(), database(**{name: value})).changed.get(DATABASE, set())
        & REPLACING.keys()
    }
    assert replacing == {"master_username", "storage_key_arn"}


def test_an_upgrade_makes_the_new_group_before_the_server_leaves_the_old_one() -> None:
    for version in ("17", "18"):
        group = database(engine_version=version).one(PARAMETERS, "general-server-parameters")
        assert group.inputs["family"] == f"postgres{version}"
        # A name of ours, or the option, would delete the old one first: it is in use.
        assert "name" not in group.inputs
        assert not group.delete_before_replace


def test_every_property_of_the_table_is_one_of_the_provider() -> None:
    known = _types.input_type_types(arguments_class(aws.rds.Instance))

    assert REPLACING.keys() - known.keys() == set()


def _inputs_of(operation: str) -> set[str]:
    service = botocore.session.get_session().get_service_model("rds")
    shape = service.operation_model(operation).input_shape
    assert shape is not None
    return set(shape.members)


def test_what_aws_itself_cannot_change_is_in_the_table() -> None:
    create, modify = _inputs_of("CreateDBInstance"), _inputs_of("ModifyDBInstance")

    assert create - modify - RENAMED == UNCHANGEABLE.keys()
    assert set(UNCHANGEABLE.values()) - REPLACING.keys() == set()


def test_the_component_replaces_nothing_by_an_option() -> None:
    instance = _before().one(INSTANCE, "general-instance")

    assert instance.replace_on_changes == ()
    assert not instance.delete_before_replace
