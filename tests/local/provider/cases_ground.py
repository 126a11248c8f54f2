"""The types under everything: keys, logs, roles, buckets, images."""

from __future__ import annotations

import json

from tests.local.provider.case import Case, fresh
from tests.local.provider.driver import Props


def _trust(service: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _allow(action: str, **more: object) -> str:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=1)


def _everyone(action: str, bucket: str) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": f"arn:aws:s3:::{bucket}/*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _masking(kind: str) -> dict[str, object]:
    identifier = [f"arn:aws:dataprotection::aws:data-identifier/{kind}"]
    return {
        "Name": "mask",
        "Version": "2021-06-01",
        "Statement": [
            {
                "Sid": "audit",
                "DataIdentifier": identifier,
                "Operation": {"Audit": {"FindingsDestination": {}}},
            },
            {
                "Sid": "mask",
                "DataIdentifier": identifier,
                "Operation": {"Deidentify": {"MaskConfig": {}}},
            },
        ],
    }


def _key_policy(*actions: str) -> str:
    """What a key of log groups allows: its account, and CloudWatch Logs for the groups of the account."""
    logs = {
        "Effect": "Allow",
        "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
        "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        "Resource": "*",
        "Condition": {
            "ArnLike": {
                "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:*"
            }
        },
    }
    root = {"Effect": "Allow", "Action": list(actions), "Resource": "*", **ROOT}
    return json.dumps({"Version": "2012-10-17", "Statement": [root, logs]})


def _log_target(bucket: str) -> Props:
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "logging.s3.amazonaws.com"},
        "Action": "s3:PutObject",
        "Resource": f"arn:aws:s3:::{bucket}/*",
    }
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    return {"bucket": bucket, "policy": json.dumps(policy)}


ROOT = {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}
RULE = {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "imageCountMoreThan", "countNumber": 5}, "action": {"type": "expire"}}  # fmt: skip

GROUND: dict[str, Case] = {
    "key": Case(
        type="aws:kms/key:Key",
        inputs=lambda _: {
            "description": "logs",
            "enableKeyRotation": True,
            "rotationPeriodInDays": 400,
            "deletionWindowInDays": 7,
            "policy": _key_policy("kms:*"),
            "tags": {"Name": "logs"},
        },
        updates=(
            {"description": "others"},
            {"rotationPeriodInDays": 200},
            {"policy": _key_policy("kms:Decrypt")},
            {"isEnabled": False},
        ),
        replaces=({"multiRegion": True},),
        drift=lambda aws, key: aws("kms").update_key_description(KeyId=key.id, Description="x"),
        drifted="description",
    ),
    "alias": Case(
        type="aws:kms/alias:Alias",
        inputs=lambda need: {"name": "alias/turnstay-logs", "targetKeyId": need("key").id},
        replaces=({"name": "alias/other"},),
        drift=lambda aws, alias: aws("kms").delete_alias(AliasName=alias.id),
    ),
    "log group": Case(
        type="aws:cloudwatch/logGroup:LogGroup",
        inputs=lambda need: {"retentionInDays": 30, "kmsKeyId": need("key").outputs["arn"]},
        updates=({"retentionInDays": 90}, {"tags": {"service": "ledger"}}),
        replaces=({"name": "/turnstay/other"},),
        drift=lambda aws, group: aws("logs").put_retention_policy(
            logGroupName=group.id, retentionInDays=1
        ),
        drifted="retentionInDays",
    ),
    "log resource policy": Case(
        type="aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        inputs=lambda _: {"policyName": "waf", "policyDocument": _allow("logs:PutLogEvents")},
        updates=({"policyDocument": _allow("logs:CreateLogStream")},),
        replaces=({"policyName": "other"},),
        drift=lambda aws, policy: aws("logs").put_resource_policy(
            policyName=policy.id, policyDocument=_allow("*")
        ),
        drifted="policyDocument",
    ),
    "log data protection policy": Case(
        type="aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        inputs=lambda need: {
            "logGroupName": need("log group of masked").id,
            "policyDocument": json.dumps(_masking("EmailAddress")),
        },
        updates=({"policyDocument": json.dumps(_masking("CreditCardNumber"))},),
        drift=lambda aws, policy: aws("logs").delete_data_protection_policy(
            logGroupIdentifier=policy.id
        ),
    ),
    "role": Case(
        type="aws:iam/role:Role",
        inputs=lambda _: {
            "assumeRolePolicy": _trust("ecs-tasks.amazonaws.com"),
            "description": "task",
            "maxSessionDuration": 3600,
        },
        updates=(
            {"assumeRolePolicy": _trust("ec2.amazonaws.com")},
            {"description": "another"},
            {"forceDetachPolicies": True},
            {"tags": {"service": "ledger"}},
        ),
        replaces=({"path": "/tasks/"},),
        drift=lambda aws, role: aws("iam").update_assume_role_policy(
            RoleName=role.id, PolicyDocument=_trust("lambda.amazonaws.com")
        ),
        drifted="assumeRolePolicy",
    ),
    "role policy": Case(
        type="aws:iam/rolePolicy:RolePolicy",
        inputs=lambda need: {"role": need("role").id, "policy": _allow("s3:GetObject")},
        updates=({"policy": _allow("s3:PutObject")},),
        replaces=({"name": "chosen"},),
        drift=lambda aws, policy: aws("iam").put_role_policy(
            RoleName=policy.outputs["role"],
            PolicyName=policy.outputs["name"],
            PolicyDocument=_allow("*"),
        ),
        drifted="policy",
    ),
    "role policy attachment": Case(
        type="aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        inputs=lambda need: {
            "role": need("role").id,
            "policyArn": need("managed policy").id,
        },
        replaces=({"policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},),
    ),
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
            "policy": _allow("ecr:GetDownloadUrlForLayer", Principal="*"),
        },
        updates=({"policy": _allow("ecr:BatchGetImage", Principal="*")},),
        drift=lambda aws, policy: aws("ecr").delete_repository_policy(repositoryName=policy.id),
    ),
    "named repository": Case(
        type="aws:ecr/repository:Repository",
        inputs=lambda _: {"name": fresh("turnstay-staging/base-#")},
    ),
}
