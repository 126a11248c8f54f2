"""Secrets that are rotated, and names that are still taken."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench


@pytest.fixture
def secrets(shared_bench: Workbench) -> Any:
    return shared_bench.client("secretsmanager")


@pytest.fixture
def name(secrets: Any) -> str:
    made = secrets.create_secret(Name=uuid.uuid4().hex, SecretString="first")
    return str(made["ARN"])


def test_a_read_without_a_stage_is_the_current_value_wherever_the_stages_were_moved(
    secrets: Any, name: str
) -> None:
    first = secrets.get_secret_value(SecretId=name)["VersionId"]
    second = secrets.put_secret_value(SecretId=name, SecretString="second")["VersionId"]
    secrets.update_secret_version_stage(
        SecretId=name,
        VersionStage="AWSCURRENT",
        RemoveFromVersionId=second,
        MoveToVersionId=first,
    )
    assert secrets.get_secret_value(SecretId=name)["SecretString"] == "first"
    pinned = secrets.get_secret_value(SecretId=name, VersionId=second)
    assert pinned["SecretString"] == "second"


def test_a_secret_that_nobody_can_rotate_is_not(secrets: Any, name: str) -> None:
    before = secrets.describe_secret(SecretId=name)["VersionIdsToStages"]
    with pytest.raises(ClientError, match="No Lambda rotation function"):
        secrets.rotate_secret(SecretId=name, RotationRules={"AutomaticallyAfterDays": 30})
    assert secrets.describe_secret(SecretId=name)["VersionIdsToStages"] == before


def test_a_secret_without_a_value_has_none(secrets: Any) -> None:
    made = secrets.create_secret(Name=uuid.uuid4().hex)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        secrets.get_secret_value(SecretId=made["ARN"])


def test_a_name_stays_taken_while_its_secret_is_being_deleted(secrets: Any) -> None:
    taken = uuid.uuid4().hex
    made = secrets.create_secret(Name=taken, SecretString="x")
    secrets.delete_secret(SecretId=made["ARN"], RecoveryWindowInDays=7)
    with pytest.raises(ClientError, match="already scheduled for deletion"):
        secrets.create_secret(Name=taken, SecretString="y")
    secrets.delete_secret(SecretId=made["ARN"], ForceDeleteWithoutRecovery=True)
    secrets.create_secret(Name=taken, SecretString="y")


def test_a_resource_policy_is_kept_until_it_is_deleted(secrets: Any, name: str) -> None:
    document = '{"Version": "2012-10-17", "Statement": []}'
    secrets.put_resource_policy(SecretId=name, ResourcePolicy=document, BlockPublicPolicy=True)
    assert secrets.get_resource_policy(SecretId=name)["ResourcePolicy"] == document
    secrets.delete_resource_policy(SecretId=name)
    assert "ResourcePolicy" not in secrets.get_resource_policy(SecretId=name)
