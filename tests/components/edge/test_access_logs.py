from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.edge.access_log_policy import access_log_policy
from components.edge.access_logs import AccessLogBucket
from tests.components.edge.sample import (
    ACCOUNT,
    BUCKET,
    BUCKET_POLICY,
    ELB_ACCOUNT_ARN,
    bucket_args,
    misspelt,
)
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

NAME = "logs-bucket-1234567"
LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
VERSIONING = "aws:s3/bucketVersioning:BucketVersioning"
ENCRYPTION = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
OWNERSHIP = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"


def _record(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        pulumi.export("bucket", AccessLogBucket("logs", bucket_args(**changes)).bucket)

    return record(program, preview=preview)


def test_the_bucket_is_private_versioned_encrypted_by_s3_and_without_acls() -> None:
    recording = _record()

    assert recording.one(PUBLIC_ACCESS, "logs-public-access").inputs == {
        "bucket": NAME,
        "blockPublicAcls": True,
        "blockPublicPolicy": True,
        "ignorePublicAcls": True,
        "restrictPublicBuckets": True,
    }
    assert recording.one(VERSIONING, "logs-versioning").inputs == {
        "bucket": NAME,
        "versioningConfiguration": {"status": "Enabled"},
    }
    assert recording.one(ENCRYPTION, "logs-encryption").inputs == {
        "bucket": NAME,
        "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
    }
    assert recording.one(OWNERSHIP, "logs-ownership").inputs == {
        "bucket": NAME,
        "rule": {"objectOwnership": "BucketOwnerEnforced"},
    }


def test_logs_are_kept_as_long_as_asked_and_nothing_of_them_stays_behind() -> None:
    lifecycle = _record(retention_days=500).one(LIFECYCLE, "logs-lifecycle")

    assert lifecycle.inputs == {
        "bucket": NAME,
        "rules": [
            {
                "id": "expire",
                "status": "Enabled",
                "filter": {"prefix": ""},
                "expiration": {"days": 500},
                "noncurrentVersionExpiration": {"noncurrentDays": 30},
                "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
            },
            {
                "id": "remove-markers",
                "status": "Enabled",
                "filter": {"prefix": ""},
                "expiration": {"expiredObjectDeleteMarker": True},
            },
        ],
    }


@pytest.mark.parametrize("elb_account_arn", [ELB_ACCOUNT_ARN, None])
def test_the_policy_is_that_of_this_bucket_and_this_account(elb_account_arn: str | None) -> None:
    policy = _record(elb_account_arn=elb_account_arn).one(BUCKET_POLICY, "logs-policy")

    assert policy.json("policy") == access_log_policy(
        bucket_arn=f"arn:aws:s3:::{NAME}", account_id=ACCOUNT, elb_account_arn=elb_account_arn
    )


def test_the_policy_lets_writers_in_only_when_everything_else_is_in_place() -> None:
    recording = _record()
    policy = recording.one(BUCKET_POLICY, "logs-policy")
    settings = {
        each.urn
        for each in recording.registrations.values()
        if each.type.startswith("aws:s3/") and each is not policy
    }

    assert set(policy.dependencies) == settings


def test_rules_about_versions_wait_until_there_are_versions() -> None:
    recording = _record()
    versioning = recording.one(VERSIONING, "logs-versioning").urn

    assert versioning in recording.one(LIFECYCLE, "logs-lifecycle").dependencies


def test_the_name_comes_from_the_policy_so_that_nothing_writes_before_it() -> None:
    def program() -> None:
        bucket = AccessLogBucket("logs", bucket_args())
        pulumi.Stash("reader", input=bucket.bucket)

    recording = record(program)
    reader = recording.one("pulumi:index:Stash", "reader")

    assert reader.property_dependencies["input"] == (
        recording.one(BUCKET_POLICY, "logs-policy").urn,
    )


def test_its_output_is_the_name() -> None:
    recording = _record()

    assert recording.exports == {"bucket": NAME}
    component = recording.one("turnstay:edge:AccessLogBucket", "logs")
    assert recording.outputs[component.urn] == {"bucket": NAME}


@pytest.mark.parametrize("protect", [True, False])
def test_a_protected_bucket_keeps_its_logs_and_an_unprotected_one_goes_with_them(
    protect: bool,
) -> None:
    bucket = _record(protect=protect).one(BUCKET, "logs-bucket")

    assert bucket.protect is protect
    assert bucket.inputs == {"forceDestroy": not protect}


def test_a_preview_shows_every_setting_before_the_bucket_has_a_name() -> None:
    recording = _record(preview=True)

    assert recording.one(BUCKET_POLICY, "logs-policy").inputs == {
        "bucket": UNKNOWN,
        "policy": UNKNOWN,
    }
    assert recording.registrations.keys() == _record().registrations.keys()


def test_the_provider_knows_every_property() -> None:
    assert misspelt(_record()) == []


def test_keeping_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="retention_days is at least 1, got 0"):
        bucket_args(retention_days=0)
