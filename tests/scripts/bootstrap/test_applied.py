"""What is in the account after the script was applied to it, asked of AWS itself."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from scripts.bootstrap.documents import log_bucket_policy, state_bucket_policy
from tests.scripts.bootstrap.conftest import TARGET, Account, fresh_account

ACCOUNT = TARGET.account_id
STATE = TARGET.state_bucket
LOGS = TARGET.log_bucket


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """One account for all tests of this module, which only look."""
    with fresh_account(tmp_path_factory.mktemp("project")) as account:
        code, _, error = account.run("--apply")
        assert (code, error) == (0, "")
        yield account


def test_applied_to_a_fresh_account_it_makes_a_key_that_turns_and_is_the_accounts(
    applied: Account,
) -> None:
    kms, key = applied.client("kms"), applied.key()
    policy = json.loads(kms.get_key_policy(KeyId=key["KeyId"], PolicyName="default")["Policy"])
    assert kms.get_key_rotation_status(KeyId=key["KeyId"])["KeyRotationEnabled"] is True
    assert policy["Statement"] == [
        {
            "Sid": "Account",
            "Effect": "Allow",
            "Principal": {"AWS": [f"arn:aws:iam::{ACCOUNT}:root"]},
            "Action": ["kms:*"],
            "Resource": "*",
        }
    ]


def test_applied_to_a_fresh_account_it_makes_two_closed_buckets(applied: Account) -> None:
    s3 = applied.client("s3")
    for bucket in (STATE, LOGS):
        which = {"Bucket": bucket}
        assert s3.head_bucket(**which)["BucketRegion"] == "eu-west-1"
        assert s3.get_public_access_block(**which)["PublicAccessBlockConfiguration"] == {
            "BlockPublicAcls": True,
            "BlockPublicPolicy": True,
            "IgnorePublicAcls": True,
            "RestrictPublicBuckets": True,
        }
        assert s3.get_bucket_versioning(**which)["Status"] == "Enabled"
        ownership = s3.get_bucket_ownership_controls(**which)["OwnershipControls"]
        assert ownership == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_the_state_is_encrypted_by_its_key_and_every_access_is_logged(applied: Account) -> None:
    s3 = applied.client("s3")
    encryption = s3.get_bucket_encryption(Bucket=STATE)["ServerSideEncryptionConfiguration"]
    (rule,) = encryption["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": applied.key()["Arn"],
    }
    assert rule["BucketKeyEnabled"] is True
    assert s3.get_bucket_logging(Bucket=STATE)["LoggingEnabled"] == {
        "TargetBucket": LOGS,
        "TargetPrefix": "state/",
    }
    policy = json.loads(s3.get_bucket_policy(Bucket=STATE)["Policy"])
    assert policy == state_bucket_policy(STATE)
    (lifecycle,) = s3.get_bucket_lifecycle_configuration(Bucket=STATE)["Rules"]
    assert lifecycle["NoncurrentVersionExpiration"] == {"NoncurrentDays": 90}
    # What is current is never deleted.
    assert lifecycle["Expiration"] == {"ExpiredObjectDeleteMarker": True}


def test_the_access_logs_have_keys_of_s3_since_it_delivers_to_no_other(applied: Account) -> None:
    s3 = applied.client("s3")
    encryption = s3.get_bucket_encryption(Bucket=LOGS)["ServerSideEncryptionConfiguration"]
    (rule,) = encryption["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    policy = json.loads(s3.get_bucket_policy(Bucket=LOGS)["Policy"])
    assert policy == log_bucket_policy(LOGS, STATE, ACCOUNT)
    (lifecycle,) = s3.get_bucket_lifecycle_configuration(Bucket=LOGS)["Rules"]
    assert lifecycle["Expiration"] == {"Days": 365}


def test_applied_to_a_fresh_account_it_makes_the_service_linked_roles(applied: Account) -> None:
    roles = applied.client("iam").list_roles(PathPrefix="/aws-service-role/")["Roles"]
    assert sorted(role["Path"] for role in roles) == [
        "/aws-service-role/ecs.amazonaws.com/",
        "/aws-service-role/ecs.application-autoscaling.amazonaws.com/",
        "/aws-service-role/elasticloadbalancing.amazonaws.com/",
        "/aws-service-role/rds.amazonaws.com/",
    ]
