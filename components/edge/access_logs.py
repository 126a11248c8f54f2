"""The bucket in which the load balancer keeps its logs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.edge.access_log_policy import access_log_policy

# How long a log that was overwritten or deleted can still be had back.
NONCURRENT_DAYS: Final = 30


@dataclass(frozen=True, kw_only=True)
class AccessLogBucketArgs:
    """Inputs of AccessLogBucket."""

    account_id: str
    retention_days: int
    elb_account_arn: pulumi.Input[str] | None
    """Who writes beside the service's own principal; None in regions opened since August 2022."""
    protect: bool
    """Without it, destroying the stack deletes the logs too: the bucket is never empty."""

    def __post_init__(self) -> None:
        if self.retention_days < 1:
            raise ValueError(f"retention_days is at least 1, got {self.retention_days}")


class AccessLogBucket(pulumi.ComponentResource):
    """A private bucket that load balancers of this account can write to, and that keeps what they wrote.

    Encrypted with S3's own keys, the only ones that load balancers can write with. It does not log who reads it
    (S3.9): a log bucket that logs into itself writes a record for each record, and one that logs into another only
    moves the question. That record is CloudTrail's, by data events on this bucket.
    """

    bucket: pulumi.Output[str]
    """Its name, which arrives when the bucket is ready: a load balancer writes a test object the moment it is told."""

    def __init__(
        self, name: str, args: AccessLogBucketArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:edge:AccessLogBucket", name, {}, opts)

        bucket = aws.s3.Bucket(
            f"{name}-bucket",
            force_destroy=not args.protect,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        policy = aws.s3.BucketPolicy(
            f"{name}-policy",
            bucket=bucket.bucket,
            policy=pulumi.Output.json_dumps(
                pulumi.Output.all(
                    bucket_arn=bucket.arn, elb_account_arn=args.elb_account_arn
                ).apply(partial(_policy, account_id=args.account_id))
            ),
            # Last, for it lets writers in: the first object finds everything else in place.
            opts=pulumi.ResourceOptions(parent=self, depends_on=self._settings(name, bucket, args)),
        )

        self.bucket = policy.bucket
        self.register_outputs({"bucket": self.bucket})

    def _settings(
        self, name: str, bucket: aws.s3.Bucket, args: AccessLogBucketArgs
    ) -> list[pulumi.Resource]:
        child = pulumi.ResourceOptions(parent=self)
        versioning = aws.s3.BucketVersioning(
            f"{name}-versioning",
            bucket=bucket.bucket,
            versioning_configuration=aws.s3.BucketVersioningVersioningConfigurationArgs(
                status="Enabled"
            ),
            opts=child,
        )
        return [
            versioning,
            aws.s3.BucketPublicAccessBlock(
                f"{name}-public-access",
                bucket=bucket.bucket,
                block_public_acls=True,
                block_public_policy=True,
                ignore_public_acls=True,
                restrict_public_buckets=True,
                opts=child,
            ),
            aws.s3.BucketOwnershipControls(
                f"{name}-ownership",
                bucket=bucket.bucket,
                rule=aws.s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
                opts=child,
            ),
            aws.s3.BucketServerSideEncryptionConfiguration(
                f"{name}-encryption",
                bucket=bucket.bucket,
                rules=[
                    aws.s3.BucketServerSideEncryptionConfigurationRuleArgs(
                        apply_server_side_encryption_by_default=aws.s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                            sse_algorithm="AES256"
                        )
                    )
                ],
                opts=child,
            ),
            aws.s3.BucketLifecycleConfiguration(
                f"{name}-lifecycle",
                bucket=bucket.bucket,
                rules=_lifecycle(args.retention_days),
                # Rules about noncurrent versions mean nothing before there are versions.
                opts=pulumi.ResourceOptions(parent=self, depends_on=[versioning]),
            ),
        ]


def _policy(values: Mapping[str, Any], *, account_id: str) -> dict[str, Any]:
    return access_log_policy(**values, account_id=account_id)


def _lifecycle(retention_days: int) -> list[aws.s3.BucketLifecycleConfigurationRuleArgs]:
    """Expire logs, then their old versions, then the markers that are left: S3 takes no marker rule beside a number of days."""
    everything = aws.s3.BucketLifecycleConfigurationRuleFilterArgs(prefix="")
    return [
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="expire",
            status="Enabled",
            filter=everything,
            expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(days=retention_days),
            noncurrent_version_expiration=aws.s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                noncurrent_days=NONCURRENT_DAYS
            ),
            abort_incomplete_multipart_upload=aws.s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                days_after_initiation=7
            ),
        ),
        aws.s3.BucketLifecycleConfigurationRuleArgs(
            id="remove-markers",
            status="Enabled",
            filter=everything,
            expiration=aws.s3.BucketLifecycleConfigurationRuleExpirationArgs(
                expired_object_delete_marker=True
            ),
        ),
    ]
