"""The types that keep things: buckets and image repositories."""

from __future__ import annotations

import json

from tests.local.provider.case import Case, fresh
from tests.local.provider.cases_ground import allow
from tests.local.provider.driver import Props

RULE = {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}, "action": {"type": "expire"}}  # fmt: skip


def _everyone(action: str, bucket: str) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": f"arn:aws:s3:::{bucket}/*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _log_target(bucket: str) -> Props:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"bucket": bucket, "policy": json.dumps(policy)}


STORAGE: dict[str, Case] = {
    "bucket": Case(
        type="aws:s3/bucket:Bucket",
        inputs=lambda _: {"forceDestroy": True, "tags": {"Name": "logs"}},
        updates=({"forceDestroy": False}, {"tags": None}),
        replaces=({"bucket": "turnstay-other"},),
    ),
    "bucket policy": Case(
        type="aws:s3/bucketPolicy:BucketPolicy",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "policy": _everyone("s3:*", need("bucket").id),
        },
        drift=lambda aws, policy: aws("s3").put_bucket_policy(
            Bucket=policy.id, Policy=_everyone("s3:GetObject", policy.id)
        ),
        drifted="policy",
    ),
    "bucket public access block": Case(
        type="aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
        updates=({"restrictPublicBuckets": False},),
        drift=lambda aws, block: aws("s3").delete_public_access_block(Bucket=block.id),
    ),
    "bucket ownership controls": Case(
        type="aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "rule": {"objectOwnership": "BucketOwnerEnforced"},
        },
        updates=({"rule": {"objectOwnership": "ObjectWriter"}},),
        drift=lambda aws, controls: aws("s3").delete_bucket_ownership_controls(Bucket=controls.id),
    ),
    "bucket versioning": Case(
        type="aws:s3/bucketVersioning:BucketVersioning",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "versioningConfiguration": {"status": "Enabled"},
        },
        updates=({"versioningConfiguration": {"status": "Suspended"}},),
        drift=lambda aws, versioning: aws("s3").put_bucket_versioning(
            Bucket=versioning.id, VersioningConfiguration={"Status": "Suspended"}
        ),
        drifted="versioningConfiguration",
        stays=True,
    ),
    "bucket encryption": Case(
        type="aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}],
        },
        updates=(
            {
                "rules": [
                    {
                        "applyServerSideEncryptionByDefault": {
                            "sseAlgorithm": "aws:kms",
                            "kmsMasterKeyId": "alias/aws/s3",
                        },
                        "bucketKeyEnabled": True,
                    }
                ]
            },
        ),
        drift=lambda aws, encryption: aws("s3").delete_bucket_encryption(Bucket=encryption.id),
    ),
    "bucket lifecycle": Case(
        type="aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "rules": [
                {
                    "id": "expire",
                    "status": "Enabled",
                    "filter": {"prefix": ""},
                    "expiration": {"days": 400},
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
        },
        updates=(
            {
                "rules": [
                    {
                        "id": "a",
                        "status": "Disabled",
                        "filter": {"prefix": "x/"},
                        "expiration": {"days": 1},
                    }
                ]
            },
        ),
        drift=lambda aws, lifecycle: aws("s3").delete_bucket_lifecycle(Bucket=lifecycle.id),
    ),
    "bucket logging": Case(
        type="aws:s3/bucketLogging:BucketLogging",
        inputs=lambda need: {
            "bucket": need("bucket").id,
            "targetBucket": need("log target").outputs["bucket"],
            "targetPrefix": "access/",
        },
        updates=({"targetPrefix": "other/"},),
        drift=lambda aws, logging: aws("s3").put_bucket_logging(
            Bucket=logging.id, BucketLoggingStatus={}
        ),
    ),
    "log target": Case(
        type="aws:s3/bucketPolicy:BucketPolicy",
        inputs=lambda need: _log_target(need(fresh("bucket of logs #")).id),
    ),
    "repository": Case(
        type="aws:ecr/repository:Repository",
        inputs=lambda need: {
            "name": "turnstay-staging/ledger",
            "imageTagMutability": "IMMUTABLE",
            "imageScanningConfiguration": {"scanOnPush": True},
            "encryptionConfigurations": [
                {"encryptionType": "KMS", "kmsKey": need("key").outputs["arn"]}
            ],
            "forceDelete": True,
        },
        updates=(
            {"imageTagMutability": "MUTABLE"},
            {"imageScanningConfiguration": {"scanOnPush": False}},
        ),
        replaces=({"name": "turnstay-staging/other"}, {"encryptionConfigurations": None}),
        drift=lambda aws, repository: aws("ecr").put_image_tag_mutability(
            repositoryName=repository.id, imageTagMutability="MUTABLE"
        ),
        drifted="imageTagMutability",
    ),
    "lifecycle policy": Case(
        type="aws:ecr/lifecyclePolicy:LifecyclePolicy",
        inputs=lambda need: {
            "repository": need("named repository").id,
            "policy": json.dumps({"rules": [RULE]}, indent=2),
        },
        replaces=({"policy": json.dumps({"rules": [{**RULE, "description": "other"}]})},),
        drift=lambda aws, policy: aws("ecr").delete_lifecycle_policy(repositoryName=policy.id),
    ),
    "repository policy": Case(
        type="aws:ecr/repositoryPolicy:RepositoryPolicy",
        inputs=lambda need: {
            "repository": need("named repository").id,
            "policy": allow("ecr:GetDownloadUrlForLayer", Principal="*"),
        },
        updates=({"policy": allow("ecr:BatchGetImage", Principal="*")},),
        drift=lambda aws, policy: aws("ecr").delete_repository_policy(repositoryName=policy.id),
    ),
    "named repository": Case(
        type="aws:ecr/repository:Repository",
        inputs=lambda _: {"name": fresh("turnstay-staging/base-#")},
    ),
}
