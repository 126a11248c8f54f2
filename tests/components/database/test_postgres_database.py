from __future__ import annotations

import pytest

from components.database.parameters import parameters
from tests.components.database.database_samples import (
    GROUP,
    INSTANCE,
    KEYS,
    LOG_GROUP,
    PARAMETERS,
    RANDOM_ID,
    ROTATION,
    SUBNETS,
    database,
    misspelt,
)
from tests.engine.values import UNKNOWN

SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!db-general-instance-AbCdEf"
RULES = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
}


def test_the_instance_is_encrypted_watched_backed_up_and_reached_by_nobody() -> None:
    instance = database().one(INSTANCE, "general-instance")
    suffix = instance.inputs["finalSnapshotIdentifier"][-8:]

    assert instance.inputs == {
        "identifier": "turnstay-staging-general",
        "engine": "postgres",
        "engineVersion": "17",
        "allowMajorVersionUpgrade": False,
        "autoMinorVersionUpgrade": True,
        "instanceClass": "db.t4g.medium",
        "multiAz": True,
        "applyImmediately": False,
        "storageType": "gp3",
        "allocatedStorage": 20,
        "maxAllocatedStorage": 100,
        "storageEncrypted": True,
        "kmsKeyId": KEYS["storage"],
        "dbSubnetGroupName": "general-subnets-1234567",
        "vpcSecurityGroupIds": ["general-group-id"],
        "port": 5433,
        "publiclyAccessible": False,
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "parameterGroupName": "general-server-parameters-1234567",
        "username": "turnstay_master",
        "manageMasterUserPassword": True,
        "masterUserSecretKmsKeyId": KEYS["secret"],
        "iamDatabaseAuthenticationEnabled": True,
        "backupRetentionPeriod": 35,
        "backupWindow": "01:00-01:30",
        "maintenanceWindow": "sun:02:00-sun:03:00",
        "deleteAutomatedBackups": False,
        "copyTagsToSnapshot": True,
        "skipFinalSnapshot": False,
        "finalSnapshotIdentifier": f"turnstay-staging-general-final-{suffix}",
        "deletionProtection": True,
        "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
        "monitoringInterval": 60,
        "monitoringRoleArn": "arn:aws:iam::111122223333:role/general-monitoring-role",
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": KEYS["insights"],
        "performanceInsightsRetentionPeriod": 7,
        "tags": {},
    }


def test_its_storage_grows_behind_our_back() -> None:
    assert database().one(INSTANCE, "general-instance").ignore_changes == ("allocatedStorage",)


def test_its_logs_and_the_right_to_report_are_there_before_it() -> None:
    recording = database()
    instance = recording.one(INSTANCE, "general-instance")

    waits = {urn.split("::")[-1] for urn in instance.dependencies}
    assert waits >= {
        "general-logs-postgresql",
        "general-logs-upgrade",
        "general-monitoring-delivery",
    }


def test_its_subnets_parameters_and_logs_are_its_own() -> None:
    recording = database(tags={"service": "shared"})

    assert recording.one(SUBNETS, "general-subnets").inputs == {
        "subnetIds": ["subnet-1", "subnet-2"],
        "tags": {"service": "shared"},
        "description": "Managed by Pulumi",
    }
    assert recording.one(PARAMETERS, "general-server-parameters").inputs == {
        "family": "postgres17",
        "parameters": [
            {"name": each.name, "value": each.value, "applyMethod": each.apply_method}
            for each in parameters("17")
        ],
        "tags": {"service": "shared"},
        "description": "Managed by Pulumi",
    }
    assert {each.inputs["name"]: each.inputs for each in recording.all(LOG_GROUP)} == {
        f"/aws/rds/instance/turnstay-staging-general/{log}": {
            "name": f"/aws/rds/instance/turnstay-staging-general/{log}",
            "kmsKeyId": KEYS["logs"],
            "retentionInDays": 365,
            "tags": {"service": "shared"},
        }
        for log in ("postgresql", "upgrade")
    }


def test_its_group_lets_nobody_in_and_nothing_out() -> None:
    recording = database()

    assert recording.one(GROUP, "general-group").inputs == {
        "vpcId": "vpc-1",
        "description": "Database turnstay-staging-general",
        "tags": {"Name": "turnstay-staging-general"},
    }
    assert [each for kind in RULES for each in recording.all(kind)] == []


def test_rds_changes_the_masters_password_by_itself_and_not_at_once() -> None:
    recording = database(master_rotation_days=30)

    assert recording.one(ROTATION, "general-master-rotation").inputs == {
        "secretId": SECRET_ARN,
        "rotateImmediately": False,
        "rotationRules": {"automaticallyAfterDays": 30},
    }


def test_no_password_is_known_here() -> None:
    inputs = database().one(INSTANCE, "general-instance").inputs

    assert not {"password", "passwordWo"} & inputs.keys()


def test_its_last_snapshot_has_a_new_name_for_a_new_instance_and_the_same_for_the_same() -> None:
    def name(key: str) -> str:
        instance = database(storage_key_arn=key).one(INSTANCE, "general-instance")
        return str(instance.inputs["finalSnapshotIdentifier"])

    assert name("key-1") == name("key-1") != name("key-2")
    assert database().one(RANDOM_ID, "general-final-snapshot").inputs == {
        "byteLength": 4,
        "keepers": {"key": KEYS["storage"], "username": "turnstay_master"},
    }


@pytest.mark.parametrize("protect", [True, False])
def test_the_settings_of_a_stack_protect_it(protect: bool) -> None:
    instance = database(protect=protect, deletion_protection=protect).one(
        INSTANCE, "general-instance"
    )

    assert instance.protect is protect
    assert instance.inputs["deletionProtection"] is protect


def test_a_version_without_support_is_built_with_a_warning() -> None:
    recording = database(engine_version="14")

    assert recording.one(PARAMETERS, "general-server-parameters").inputs["family"] == "postgres14"
    assert any("PostgreSQL 14 has no community support" in each for each in recording.log)
    assert database().log == []


def test_its_outputs_are_what_clients_gates_and_alarms_need() -> None:
    recording = database()
    component = recording.one("turnstay:database:PostgresDatabase", "general")

    assert recording.outputs[component.urn] == {
        "identifier": "turnstay-staging-general",
        "arn": "arn:aws:rds:eu-west-1:111122223333:db:turnstay-staging-general",
        "address": "turnstay-staging-general.c1a2b3.eu-west-1.rds.amazonaws.com",
        "port": 5433,
        "resource_id": "db-GENERAL-INSTANCE",
        "master_secret_arn": SECRET_ARN,
        "security_group_id": "general-group-id",
    }


def test_a_preview_shows_all_of_it() -> None:
    recording = database(preview=True)

    assert recording.registrations.keys() == database().registrations.keys()
    assert recording.one(INSTANCE, "general-instance").inputs["finalSnapshotIdentifier"] is UNKNOWN
    assert recording.one(ROTATION, "general-master-rotation").inputs["secretId"] is UNKNOWN


def test_the_provider_knows_every_property() -> None:
    assert misspelt(database()) == []
