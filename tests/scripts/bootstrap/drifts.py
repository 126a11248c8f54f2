"""What people change by hand in an account, and where the script must tell it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from scripts.bootstrap.documents import log_bucket_policy
from tests.scripts.bootstrap.conftest import TARGET, Account

STATE = TARGET.state_bucket
LOGS = TARGET.log_bucket
OPEN_POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:*", "Resource": "*"}
        ],
    }
)

Break = Callable[[Account], Any]


def _kms(operation: str, **parameters: Any) -> Break:
    return lambda account: getattr(account.client("kms"), operation)(
        KeyId=account.key()["KeyId"], **parameters
    )


def _s3(bucket: str, operation: str, **parameters: Any) -> Break:
    return lambda account: getattr(account.client("s3"), operation)(Bucket=bucket, **parameters)


def _encryption(bucket: str, **rule: Any) -> Break:
    return _s3(bucket, "put_bucket_encryption", ServerSideEncryptionConfiguration={"Rules": [rule]})


def _without_bucket_key(account: Account) -> None:
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": account.key()["Arn"]}
    _encryption(STATE, ApplyServerSideEncryptionByDefault=default)(account)


def _another_key(account: Account) -> None:
    key = account.client("kms").create_key()["KeyMetadata"]["Arn"]
    default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key}
    _encryption(STATE, ApplyServerSideEncryptionByDefault=default, BucketKeyEnabled=True)(account)


def _policy_statement(bucket: str, change: Callable[[list[dict[str, Any]]], None]) -> Break:
    def edit(account: Account) -> None:
        s3 = account.client("s3")
        policy = json.loads(s3.get_bucket_policy(Bucket=bucket)["Policy"])
        change(policy["Statement"])
        s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))

    return edit


def _let_another_account_in(statements: list[dict[str, Any]]) -> None:
    statements.append(
        {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{STATE}/*",
        }
    )


def _let_another_bucket_log(statements: list[dict[str, Any]]) -> None:
    statements[1]["Condition"]["ArnLike"]["aws:SourceArn"] = "arn:aws:s3:::*"


def _without_tls(statements: list[dict[str, Any]]) -> None:
    statements.pop(0)


def _shorter_lifecycle(bucket: str) -> Break:
    def edit(account: Account) -> None:
        s3 = account.client("s3")
        (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
        rule["NoncurrentVersionExpiration"] = {"NoncurrentDays": 1}
        s3.put_bucket_lifecycle_configuration(
            Bucket=bucket, LifecycleConfiguration={"Rules": [rule]}
        )

    return edit


def _log_elsewhere(account: Account) -> None:
    s3 = account.client("s3")
    s3.create_bucket(
        Bucket="elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    policy = json.dumps(log_bucket_policy("elsewhere", STATE, TARGET.account_id))
    s3.put_bucket_policy(Bucket="elsewhere", Policy=policy)
    s3.put_bucket_logging(
        Bucket=STATE,
        BucketLoggingStatus={
            "LoggingEnabled": {"TargetBucket": "elsewhere", "TargetPrefix": "state/"}
        },
    )


def _delete_role(service: str) -> Break:
    def delete(account: Account) -> None:
        iam = account.client("iam")
        (role,) = iam.list_roles(PathPrefix=f"/aws-service-role/{service}/")["Roles"]
        iam.delete_role(RoleName=role["RoleName"])

    return delete


def _bucket_drifts(bucket: str) -> dict[str, tuple[str, str, Break]]:
    place = f"{'state' if bucket == STATE else 'log'} bucket {bucket}"
    one_flag = {
        "BlockPublicAcls": True,
        "BlockPublicPolicy": False,
        "IgnorePublicAcls": True,
        "RestrictPublicBuckets": True,
    }
    return {
        "no public access block": (
            place,
            "missing  public access",
            _s3(bucket, "delete_public_access_block"),
        ),
        "a public policy allowed": (
            place,
            "differs  public access",
            _s3(bucket, "put_public_access_block", PublicAccessBlockConfiguration=one_flag),
        ),
        "access lists allowed": (
            place,
            "differs  ownership",
            _s3(
                bucket,
                "put_bucket_ownership_controls",
                OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]},
            ),
        ),
        "no ownership": (
            place,
            "missing  ownership",
            _s3(bucket, "delete_bucket_ownership_controls"),
        ),
        "versions suspended": (
            place,
            "differs  versioning",
            _s3(bucket, "put_bucket_versioning", VersioningConfiguration={"Status": "Suspended"}),
        ),
        "no policy": (place, "missing  policy", _s3(bucket, "delete_bucket_policy")),
        "plain HTTP allowed": (
            place,
            "differs  policy",
            _policy_statement(
                bucket,
                lambda statements: statements[0].update(Condition={"Bool": {"aws:x": "false"}}),
            ),
        ),
        "no lifecycle": (place, "missing  lifecycle", _s3(bucket, "delete_bucket_lifecycle")),
        "old versions deleted at once": (
            place,
            "differs  lifecycle",
            _shorter_lifecycle(bucket),
        ),
        "no encryption": (place, "encryption", _s3(bucket, "delete_bucket_encryption")),
    }


KEY = f"key {TARGET.key_alias}"
STATE_PLACE = f"state bucket {STATE}"
LOG_PLACE = f"log bucket {LOGS}"
ROLES = "service-linked roles"
DRIFTS: dict[str, tuple[str, str, Break]] = {
    "key disabled": (KEY, "differs  key", _kms("disable_key")),
    "key about to be deleted": (KEY, "differs  key", _kms("schedule_key_deletion")),
    "alias deleted": (
        KEY,
        "differs  key",
        lambda account: account.client("kms").delete_alias(AliasName=TARGET.key_alias),
    ),
    "no rotation": (KEY, "differs  rotation", _kms("disable_key_rotation")),
    "key opened": (
        KEY,
        "differs  policy",
        _kms("put_key_policy", PolicyName="default", Policy=OPEN_POLICY),
    ),
    "key untagged": (KEY, "differs  tags", _kms("untag_resource", TagKeys=["purpose"])),
    **{f"state: {name}": drift for name, drift in _bucket_drifts(STATE).items()},
    **{f"logs: {name}": drift for name, drift in _bucket_drifts(LOGS).items()},
    "state: S3's own keys": (
        STATE_PLACE,
        "differs  encryption",
        _encryption(STATE, ApplyServerSideEncryptionByDefault={"SSEAlgorithm": "AES256"}),
    ),
    "state: another key": (STATE_PLACE, "differs  encryption", _another_key),
    "state: a call of KMS for each object": (
        STATE_PLACE,
        "differs  encryption",
        _without_bucket_key,
    ),
    "logs: a key that S3 cannot deliver with": (
        LOG_PLACE,
        "differs  encryption",
        _encryption(LOGS, ApplyServerSideEncryptionByDefault={"SSEAlgorithm": "aws:kms"}),
    ),
    "state: another account let in": (
        STATE_PLACE,
        "differs  policy",
        _policy_statement(STATE, _let_another_account_in),
    ),
    "logs: any bucket may log": (
        LOG_PLACE,
        "differs  policy",
        _policy_statement(LOGS, _let_another_bucket_log),
    ),
    "logs: plain HTTP not denied": (
        LOG_PLACE,
        "differs  policy",
        _policy_statement(LOGS, _without_tls),
    ),
    "state: not logged": (
        STATE_PLACE,
        "missing  access logs",
        _s3(STATE, "put_bucket_logging", BucketLoggingStatus={}),
    ),
    "state: logged elsewhere": (STATE_PLACE, "differs  access logs", _log_elsewhere),
    "no role of ECS": (ROLES, "missing  ECS", _delete_role("ecs.amazonaws.com")),
    "no role of load balancing": (
        ROLES,
        "missing  Elastic Load Balancing",
        _delete_role("elasticloadbalancing.amazonaws.com"),
    ),
    "no role of RDS": (ROLES, "missing  RDS", _delete_role("rds.amazonaws.com")),
    "no role of autoscaling": (
        ROLES,
        "missing  Application Auto Scaling for ECS",
        _delete_role("ecs.application-autoscaling.amazonaws.com"),
    ),
}
