"""Keys keep their rotation; log groups have data protection and are refused as on AWS."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench

MASK = json.dumps({"Name": "cards", "Version": "2021-06-01", "Statement": []})


def test_a_key_keeps_its_rotation_period(bench: Workbench) -> None:
    kms = bench.client("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=180)
    status = kms.get_key_rotation_status(KeyId=key)
    assert (status["KeyRotationEnabled"], status["RotationPeriodInDays"]) == (True, 180)
    kms.enable_key_rotation(KeyId=key)
    assert kms.get_key_rotation_status(KeyId=key)["RotationPeriodInDays"] == 365
    kms.disable_key_rotation(KeyId=key)
    assert "RotationPeriodInDays" not in kms.get_key_rotation_status(KeyId=key)


def test_a_log_group_has_a_data_protection_policy(bench: Workbench) -> None:
    name, logs = f"/{bench.cluster}", bench.logs
    logs.create_log_group(logGroupName=name)
    assert "policyDocument" not in logs.get_data_protection_policy(logGroupIdentifier=name)
    logs.put_data_protection_policy(logGroupIdentifier=name, policyDocument=MASK)
    (group,) = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    assert (group["dataProtectionStatus"], group["logGroupClass"]) == ("ACTIVATED", "STANDARD")
    by_arn = logs.get_data_protection_policy(logGroupIdentifier=group["logGroupArn"])
    assert by_arn["policyDocument"] == MASK
    logs.delete_data_protection_policy(logGroupIdentifier=name)
    assert "policyDocument" not in logs.get_data_protection_policy(logGroupIdentifier=name)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        logs.get_data_protection_policy(logGroupIdentifier="/none")


def test_only_retentions_that_exist_are_taken(bench: Workbench) -> None:
    bench.logs.put_retention_policy(logGroupName="/t", retentionInDays=30)
    with pytest.raises(ClientError, match="31"):
        bench.logs.put_retention_policy(logGroupName="/t", retentionInDays=31)
    (group,) = bench.logs.describe_log_groups(logGroupNamePrefix="/t")["logGroups"]
    assert group["retentionInDays"] == 30


def test_a_log_group_needs_a_key_that_cloudwatch_logs_may_use(bench: Workbench) -> None:
    kms, name = bench.client("kms"), f"/{bench.cluster}"
    principal = {"Service": "logs.eu-west-1.amazonaws.com"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "kms:*", "Resource": "*"}
    open_policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    closed, opened = kms.create_key(), kms.create_key(Policy=open_policy)
    for key in (closed["KeyMetadata"]["Arn"], "arn:aws:kms:eu-west-1:111122223333:key/none"):
        with pytest.raises(
            ClientError, match="KMS key does not exist or is not allowed to be used"
        ):
            bench.logs.create_log_group(logGroupName=name, kmsKeyId=key)
    bench.logs.create_log_group(logGroupName=name, kmsKeyId=opened["KeyMetadata"]["Arn"])
