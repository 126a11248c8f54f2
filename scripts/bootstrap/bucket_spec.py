"""The two buckets that a stack's state needs, and what distinguishes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scripts.bootstrap.documents import (
    log_bucket_policy,
    log_lifecycle,
    state_bucket_policy,
    state_lifecycle,
)
from scripts.bootstrap.target import Target


@dataclass(frozen=True, kw_only=True)
class BucketSpec:
    """What one bucket is for; all that is not said here is the same for both."""

    place: str
    name: str
    # The ARN of a KMS key, asked late; None: S3's own keys.
    key_arn: Callable[[], str] | None
    policy: dict[str, Any]
    lifecycle: list[dict[str, Any]]
    # Where its access logs go; None: nowhere.
    log_bucket: str | None


def state_buckets(target: Target, key_arn: Callable[[], str]) -> tuple[BucketSpec, BucketSpec]:
    """The bucket for the access logs, then the one for the state, which needs the first."""
    logs = BucketSpec(
        place=f"log bucket {target.log_bucket}",
        name=target.log_bucket,
        # S3 delivers no access logs to a bucket with a KMS key.
        key_arn=None,
        policy=log_bucket_policy(target.log_bucket, target.state_bucket, target.account_id),
        lifecycle=log_lifecycle(),
        log_bucket=None,
    )
    state = BucketSpec(
        place=f"state bucket {target.state_bucket}",
        name=target.state_bucket,
        key_arn=key_arn,
        policy=state_bucket_policy(target.state_bucket),
        lifecycle=state_lifecycle(),
        log_bucket=target.log_bucket,
    )
    return logs, state
