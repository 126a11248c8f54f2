"""Controls on buckets: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.controls.load_balancers import LOAD_BALANCER
from tests.engine.recording import Recording
from tests.engine.registration import Registration

BUCKET: Final = "aws:s3/bucket:Bucket"
POLICY: Final = "aws:s3/bucketPolicy:BucketPolicy"
PUBLIC_ACCESS: Final = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
OWNERSHIP: Final = "aws:s3/bucketOwnershipControls:BucketOwnershipControls"
VERSIONING: Final = "aws:s3/bucketVersioning:BucketVersioning"
LIFECYCLE: Final = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"
LOGGING: Final = "aws:s3/bucketLogging:BucketLogging"
ENCRYPTION: Final = (
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
)
FLAGS: Final = (
    *("blockPublicAcls", "blockPublicPolicy"),
    *("ignorePublicAcls", "restrictPublicBuckets"),
)
A_YEAR: Final = 365
DELIVERY: Final = "logdelivery.elasticloadbalancing.amazonaws.com"


def account_of(recording: Recording) -> str:
    """The account that the program may change."""
    (account,) = recording.one("pulumi:providers:aws", "aws").json("allowedAccountIds")
    return str(account)


def buckets_block_public_access(recording: Recording) -> list[str]:
    """S3.1 and S3.8, and with them S3.2 and S3.3: no policy or ACL can make anything public."""
    return [
        f"{bucket.name}: {flag} is off"
        for bucket in recording.all(BUCKET)
        for flag in FLAGS
        if _setting(recording, bucket, PUBLIC_ACCESS).get(flag) is not True
    ]


def no_policy_lets_everybody_in(recording: Recording) -> list[str]:
    """S3.2 and S3.3, in the policy itself."""
    return [
        f"{policy.name}: {statement['Sid']} is for everybody"
        for policy, statement in _statements(recording, "Allow")
        if any("*" in each for each in _principals(statement))
    ]


def buckets_refuse_plain_http(recording: Recording) -> list[str]:
    """S3.5, for the bucket and everything in it."""
    findings = []
    for bucket in recording.all(BUCKET):
        arn = f"arn:aws:s3:::{_name_of(bucket)}"
        wanted = {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [arn, f"{arn}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        denied = [
            {key: value for key, value in statement.items() if key != "Sid"}
            for policy, statement in _statements(recording, "Deny")
            if policy.inputs["bucket"] == _name_of(bucket)
        ]
        if wanted not in denied:
            findings.append(f"{bucket.name}: answers without TLS")
    return findings


def strangers_may_add_logs_of_this_account_and_no_more(recording: Recording) -> list[str]:
    """S3.6, stricter: whoever is let in from outside puts objects below this account's paths."""
    own = f"/AWSLogs/{account_of(recording)}/"
    return [
        f"{policy.name}: {statement['Sid']} allows {statement['Action']} on {resource}"
        for policy, statement in _statements(recording, "Allow")
        for resource in _many(statement["Resource"])
        if statement["Action"] != "s3:PutObject" or own not in resource
    ]


def load_balancers_can_deliver(recording: Recording) -> list[str]:
    """By the service's own principal, and not on condition of a key that it does not send; and under each prefix."""
    findings = []
    own = f"AWSLogs/{account_of(recording)}/*"
    for balancer in recording.all(LOAD_BALANCER):
        for kind in ("accessLogs", "connectionLogs"):
            log = balancer.inputs[kind]
            path = f"arn:aws:s3:::{log['bucket']}/{log['prefix']}/{own}"
            if not any(
                DELIVERY in _principals(statement)
                and path in _many(statement["Resource"])
                and "Condition" not in statement
                for _, statement in _statements(recording, "Allow")
            ):
                findings.append(f"{balancer.name}: {kind} cannot be delivered to {path}")
    return findings


def log_buckets_use_the_only_key_that_load_balancers_can(recording: Recording) -> list[str]:
    """SSE-S3: with a KMS key nothing is ever delivered."""
    findings = []
    for bucket in recording.all(BUCKET):
        rules = _setting(recording, bucket, ENCRYPTION).get("rules", [])
        used = [rule["applyServerSideEncryptionByDefault"]["sseAlgorithm"] for rule in rules]
        if _name_of(bucket) in _load_balancer_logs(recording) and used != ["AES256"]:
            findings.append(f"{bucket.name}: encrypted by {used}")
    return findings


def buckets_log_their_readers(recording: Recording) -> list[str]:
    """S3.9, waived for the log bucket: one that logs into itself writes a record for each record.

    Who reads it is CloudTrail's to record, by data events.
    """
    logging = {
        each.inputs["bucket"]: each.inputs["targetBucket"] for each in recording.all(LOGGING)
    }
    waived = _load_balancer_logs(recording) | set(logging.values())
    return [
        *(
            f"{bucket.name}: nobody records who reads it"
            for bucket in recording.all(BUCKET)
            if _name_of(bucket) not in logging and _name_of(bucket) not in waived
        ),
        *(f"{name}: logs into itself" for name, target in logging.items() if name == target),
    ]


def buckets_have_no_acls(recording: Recording) -> list[str]:
    """S3.12."""
    return [
        f"{bucket.name}: ACLs count"
        for bucket in recording.all(BUCKET)
        if _setting(recording, bucket, OWNERSHIP).get("rule")
        != {"objectOwnership": "BucketOwnerEnforced"}
    ]


def buckets_keep_a_year_and_clean_up(recording: Recording) -> list[str]:
    """S3.13 and S3.14; PCI DSS 10.5.1 for the year. Versions and half-made uploads cost money until they expire."""
    findings = []
    for bucket in recording.all(BUCKET):
        rules = _setting(recording, bucket, LIFECYCLE).get("rules", [])
        live = [rule for rule in rules if rule["status"] == "Enabled" and not _narrow(rule)]
        days = [rule["expiration"].get("days") for rule in live if "expiration" in rule]
        if not any(days) or min(filter(None, days)) < A_YEAR:
            findings.append(f"{bucket.name}: keeps objects for {days} days")
        findings += [
            f"{bucket.name}: no rule for {key}"
            for key in ("noncurrentVersionExpiration", "abortIncompleteMultipartUpload")
            if not any(key in rule for rule in live)
        ]
        versioning = _setting(recording, bucket, VERSIONING).get("versioningConfiguration")
        if versioning != {"status": "Enabled"}:
            findings.append(f"{bucket.name}: an object that is overwritten is lost")
    return findings


def buckets_are_protected(recording: Recording) -> list[str]:
    """A bucket that Pulumi may delete goes with all that is in it."""
    return [
        f"{bucket.name}: protect is {bucket.protect}, forceDestroy {bucket.inputs['forceDestroy']}"
        for bucket in recording.all(BUCKET)
        if not bucket.protect or bucket.inputs.get("forceDestroy") is not False
    ]


def _name_of(bucket: Registration) -> str:
    """The physical name that a recorded bucket has."""
    return str(bucket.inputs.get("bucket", f"{bucket.name}-1234567"))


def _setting(recording: Recording, bucket: Registration, kind: str) -> dict[str, Any]:
    for each in recording.all(kind):
        if each.inputs["bucket"] == _name_of(bucket):
            return each.inputs
    return {}


def _load_balancer_logs(recording: Recording) -> set[str]:
    return {each.inputs["accessLogs"]["bucket"] for each in recording.all(LOAD_BALANCER)}


def _statements(recording: Recording, effect: str) -> Iterator[tuple[Registration, dict[str, Any]]]:
    for policy in recording.all(POLICY):
        for statement in policy.json("policy")["Statement"]:
            if statement["Effect"] == effect:
                yield policy, statement


def _principals(statement: dict[str, Any]) -> list[str]:
    principal = statement["Principal"]
    if isinstance(principal, str):
        return [principal]
    return [each for values in principal.values() for each in _many(values)]


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _narrow(rule: dict[str, Any]) -> bool:
    return any(value for value in rule.get("filter", {}).values())
