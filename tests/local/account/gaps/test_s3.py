"""Access logs to a bucket with a policy of several statements."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench

WRITER = {"Service": "logging.s3.amazonaws.com"}


def policy(bucket: str, writer: Any) -> str:
    """A policy that refuses plain HTTP, and lets somebody write below logs/."""
    arn = f"arn:aws:s3:::{bucket}"
    plain = {"Bool": {"aws:SecureTransport": "false"}}
    refused = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": plain,
    }
    allowed = {
        "Effect": "Allow",
        "Principal": writer,
        "Action": "s3:PutObject",
        "Resource": [f"{arn}/logs/*"],
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [refused, allowed]})


@pytest.mark.parametrize(
    ("writer", "prefix", "is_allowed"),
    [
        (WRITER, "logs/", True),
        ({"Service": ["x", WRITER["Service"]]}, "logs/", True),
        (WRITER, "other/", False),
        ("*", "logs/", False),
    ],
    ids=["service", "services", "elsewhere", "everybody"],
)
def test_logs_go_where_the_policy_lets_s3_write(
    bench: Workbench, writer: Any, prefix: str, is_allowed: bool
) -> None:
    s3, bucket = bench.client("s3"), bench.cluster
    s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(bucket, writer))
    logging = {"LoggingEnabled": {"TargetBucket": bucket, "TargetPrefix": prefix}}
    if not is_allowed:
        with pytest.raises(ClientError, match="InvalidTargetBucketForLogging"):
            s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=logging)
        return
    s3.put_bucket_logging(Bucket=bucket, BucketLoggingStatus=logging)
    assert s3.get_bucket_logging(Bucket=bucket)["LoggingEnabled"]["TargetPrefix"] == prefix
