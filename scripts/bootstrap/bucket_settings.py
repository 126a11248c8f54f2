"""The settings of a bucket: what is wanted, and how S3 says and is told it. Pure; who calls S3 is `bucket.py`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from scripts.bootstrap.bucket_spec import BucketSpec
from scripts.bootstrap.documents import LOG_PREFIX, canonical

PRIVATE: Final = dict.fromkeys(
    ("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True
)
NO_ACLS: Final = "BucketOwnerEnforced"


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One setting of a bucket.

    `said` brings S3's answer into the form of `wanted`, leaving out what S3 adds to it; None: it is not set.
    """

    name: str
    wanted: Callable[[], object]
    get: str
    absent: str = ""
    said: Callable[[dict[str, Any]], object | None]
    put: str
    parameters: Callable[[], dict[str, object]]


def bucket_settings(spec: BucketSpec) -> list[Setting]:
    """All settings of a bucket, in the order in which they can be made."""
    common = [_public_access(), _ownership(), _versioning(), _encryption(spec.key_arn)]
    own = [_policy(spec.policy), _lifecycle(spec.lifecycle)]
    logs = [] if spec.log_bucket is None else [_access_logs(spec.log_bucket)]
    return common + own + logs


def _public_access() -> Setting:
    return Setting(
        name="public access",
        wanted=lambda: PRIVATE,
        get="get_public_access_block",
        absent="NoSuchPublicAccessBlockConfiguration",
        said=lambda answer: answer["PublicAccessBlockConfiguration"],
        put="put_public_access_block",
        parameters=lambda: {"PublicAccessBlockConfiguration": PRIVATE},
    )


def _ownership() -> Setting:
    return Setting(
        name="ownership",
        wanted=lambda: NO_ACLS,
        get="get_bucket_ownership_controls",
        absent="OwnershipControlsNotFoundError",
        said=lambda answer: answer["OwnershipControls"]["Rules"][0]["ObjectOwnership"],
        put="put_bucket_ownership_controls",
        parameters=lambda: {"OwnershipControls": {"Rules": [{"ObjectOwnership": NO_ACLS}]}},
    )


def _versioning() -> Setting:
    return Setting(
        name="versioning",
        wanted=lambda: "Enabled",
        get="get_bucket_versioning",
        said=lambda answer: answer.get("Status"),
        put="put_bucket_versioning",
        parameters=lambda: {"VersioningConfiguration": {"Status": "Enabled"}},
    )


def _encryption(key_arn: Callable[[], str] | None) -> Setting:
    def wanted() -> object:
        if key_arn is None:
            return {"algorithm": "AES256"}
        return {"algorithm": "aws:kms", "key": key_arn(), "bucket key": True}

    def parameters() -> dict[str, object]:
        default = {"SSEAlgorithm": "AES256"}
        if key_arn is not None:
            default = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key_arn()}
        rule = {
            "ApplyServerSideEncryptionByDefault": default,
            # One data key for many objects: every checkpoint of an update is an object.
            "BucketKeyEnabled": key_arn is not None,
            # S3's default for new buckets, which a rule without it might lift.
            "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]},
        }
        return {"ServerSideEncryptionConfiguration": {"Rules": [rule]}}

    return Setting(
        name="encryption",
        wanted=wanted,
        get="get_bucket_encryption",
        absent="ServerSideEncryptionConfigurationNotFoundError",
        said=_said_encryption,
        put="put_bucket_encryption",
        parameters=parameters,
    )


def _said_encryption(answer: dict[str, Any]) -> object:
    rule = answer["ServerSideEncryptionConfiguration"]["Rules"][0]
    default = rule["ApplyServerSideEncryptionByDefault"]
    if default["SSEAlgorithm"] == "AES256":
        return {"algorithm": "AES256"}
    return {
        "algorithm": default["SSEAlgorithm"],
        "key": default.get("KMSMasterKeyID"),
        "bucket key": rule.get("BucketKeyEnabled", False),
    }


def _policy(policy: dict[str, Any]) -> Setting:
    return Setting(
        name="policy",
        wanted=lambda: canonical(policy),
        get="get_bucket_policy",
        absent="NoSuchBucketPolicy",
        said=lambda answer: canonical(json.loads(answer["Policy"])),
        put="put_bucket_policy",
        parameters=lambda: {"Policy": json.dumps(policy)},
    )


def _lifecycle(rules: list[dict[str, Any]]) -> Setting:
    return Setting(
        name="lifecycle",
        wanted=lambda: rules,
        get="get_bucket_lifecycle_configuration",
        absent="NoSuchLifecycleConfiguration",
        said=lambda answer: [_said_rule(rule) for rule in answer["Rules"]],
        put="put_bucket_lifecycle_configuration",
        parameters=lambda: {"LifecycleConfiguration": {"Rules": rules}},
    )


def _said_rule(rule: dict[str, Any]) -> dict[str, Any]:
    """A rule for the whole bucket has an empty prefix or no filter: the same to S3."""
    return rule if rule.get("Filter") else rule | {"Filter": {"Prefix": ""}}


def _access_logs(log_bucket: str) -> Setting:
    logs = {"TargetBucket": log_bucket, "TargetPrefix": LOG_PREFIX}
    return Setting(
        name="access logs",
        wanted=lambda: logs,
        get="get_bucket_logging",
        said=lambda answer: (
            _only(logs, answer["LoggingEnabled"]) if "LoggingEnabled" in answer else None
        ),
        put="put_bucket_logging",
        parameters=lambda: {"BucketLoggingStatus": {"LoggingEnabled": logs}},
    )


def _only(wanted: dict[str, str], found: dict[str, Any]) -> dict[str, Any]:
    """S3 adds a form of the objects' keys that is nothing to us."""
    return {key: found.get(key) for key in wanted}
