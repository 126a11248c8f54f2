"""S3 answers with more, or in another form, than it was told: none of it is drift."""

from __future__ import annotations

from typing import Any

import pytest

from scripts.bootstrap.bucket_settings import Setting, bucket_settings
from scripts.bootstrap.bucket_spec import state_buckets
from scripts.bootstrap.target import Target

KEY = "arn:aws:kms:eu-west-1:111122223333:key/1"
TARGET = Target(
    stack="staging", account_id="111122223333", region="eu-west-1", state_bucket="the-state"
)
LOGS, STATE = (
    {setting.name: setting for setting in bucket_settings(spec)}
    for spec in state_buckets(TARGET, lambda: KEY)
)
OLD_VERSIONS: dict[str, Any] = {
    "ID": "old-versions",
    "Status": "Enabled",
    "NoncurrentVersionExpiration": {"NoncurrentDays": 90},
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 7},
    "Expiration": {"ExpiredObjectDeleteMarker": True},
}


def _encrypted(default: dict[str, str], **more: Any) -> dict[str, Any]:
    rule = {"ApplyServerSideEncryptionByDefault": default, **more}
    return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        (
            STATE["lifecycle"],
            {
                "Rules": [OLD_VERSIONS | {"Filter": {}}],
                "TransitionDefaultMinimumObjectSize": "all_storage_classes_128K",
            },
        ),
        (STATE["lifecycle"], {"Rules": [OLD_VERSIONS]}),
        (
            STATE["encryption"],
            _encrypted(
                {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY},
                BucketKeyEnabled=True,
                BlockedEncryptionTypes={"EncryptionType": ["SSE-C"]},
            ),
        ),
        (LOGS["encryption"], _encrypted({"SSEAlgorithm": "AES256"}, BucketKeyEnabled=False)),
        (
            STATE["access logs"],
            {
                "LoggingEnabled": {
                    "TargetBucket": "the-state-logs",
                    "TargetPrefix": "state/",
                    "TargetObjectKeyFormat": {"SimplePrefix": {}},
                }
            },
        ),
        (
            STATE["policy"],
            {
                "Policy": '{"Version":"2012-10-17","Statement":{"Sid":"TlsOnly","Effect":"Deny","Principal":"*",'
                '"Action":"s3:*","Resource":["arn:aws:s3:::the-state/*","arn:aws:s3:::the-state"],'
                '"Condition":{"Bool":{"aws:SecureTransport":"false"}}}}'
            },
        ),
    ],
    ids=["empty filter", "no filter", "blocked types", "no bucket key", "key format", "policy"],
)
def test_an_answer_that_means_the_same_is_no_drift(
    setting: Setting, answer: dict[str, Any]
) -> None:
    assert setting.said(answer) == setting.wanted()


@pytest.mark.parametrize(
    ("setting", "answer"),
    [
        (STATE["lifecycle"], {"Rules": [OLD_VERSIONS | {"Filter": {"Prefix": "tmp/"}}]}),
        (STATE["encryption"], _encrypted({"SSEAlgorithm": "aws:kms"}, BucketKeyEnabled=True)),
        (LOGS["encryption"], _encrypted({"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": KEY})),
    ],
    ids=["only a part", "AWS's own key", "a key that logs cannot have"],
)
def test_an_answer_that_means_something_else_is(setting: Setting, answer: dict[str, Any]) -> None:
    assert setting.said(answer) != setting.wanted()


def test_what_was_never_set_is_missing() -> None:
    assert STATE["versioning"].said({}) is None
    assert STATE["access logs"].said({}) is None
