"""Controls on buckets hold, and each is seen to fail on one that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.edge.sample import BUCKET, BUCKET_POLICY, LOAD_BALANCER, edge
from tests.controls import buckets as controls
from tests.controls.buckets import (
    ENCRYPTION,
    FLAGS,
    LIFECYCLE,
    LOGGING,
    OWNERSHIP,
    PUBLIC_ACCESS,
    VERSIONING,
)
from tests.controls.mutation import (
    Change,
    Control,
    Mutation,
    adding,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

NAME = "access-logs-bucket-1234567"
ARN = f"arn:aws:s3:::{NAME}"
# Its logs go with the staging stack when that is torn down.
EXEMPT = {("staging", "buckets_are_protected")}


def _policy(path: str, value: Any = DELETE) -> Change:
    return setting(BUCKET_POLICY, "access-logs-policy", f"policy!.Statement.{path}", value)


def _lifecycle(path: str, value: Any = DELETE) -> Change:
    return setting(LIFECYCLE, "access-logs-lifecycle", f"rules.{path}", value)


MUTATIONS = [
    *(
        Mutation(
            controls.buckets_block_public_access,
            f"{flag} is {value}",
            setting(PUBLIC_ACCESS, "access-logs-public-access", flag, value),
            f"{flag} is off",
        )
        for flag in FLAGS
        for value in (False, DELETE)
    ),
    Mutation(
        controls.buckets_block_public_access, "no block", removing(PUBLIC_ACCESS), "Acls is off"
    ),
    *(
        Mutation(
            controls.no_policy_lets_everybody_in,
            f"{principal}",
            _policy("1.Principal", principal),
            "Delivery is for everybody",
        )
        for principal in ("*", {"AWS": "*"}, {"AWS": ["arn:aws:iam::1:root", "*"]})
    ),
    *(
        Mutation(controls.buckets_refuse_plain_http, what, change, "answers without TLS")
        for what, change in (
            ("no denial", _policy("0")),
            ("no policy", removing(BUCKET_POLICY)),
            ("objects only", _policy("0.Resource", [f"{ARN}/*"])),
            ("reading only", _policy("0.Action", "s3:GetObject")),
            ("one principal", _policy("0.Principal", {"AWS": "arn:aws:iam::1:root"})),
            ("no condition", _policy("0.Condition")),
            ("the wrong way round", _policy("0.Condition.Bool.aws:SecureTransport", "true")),
        )
    ),
    *(
        Mutation(
            controls.strangers_may_add_logs_of_this_account_and_no_more,
            f"{path} is {value}",
            _policy(f"2.{path}", value),
            "DeliveryByRegionAccount allows",
        )
        for path, value in (
            ("Action", "s3:*"),
            ("Action", "s3:PutBucketPolicy"),
            ("Action", ["s3:PutObject", "s3:PutObjectAcl"]),
            ("Resource", f"{ARN}/*"),
            ("Resource", [f"{ARN}/access/AWSLogs/999999999999/*"]),
        )
    ),
    *(
        Mutation(controls.load_balancers_can_deliver, what, change, "cannot be delivered")
        for what, change in (
            ("network load balancers' principal", _policy("1.Principal.Service", "delivery.logs")),
            ("a condition", _policy("1.Condition", {"StringEquals": {"aws:SourceAccount": "1"}})),
            ("no connection logs", _policy("1.Resource.1")),
            ("another prefix", setting(LOAD_BALANCER, "public-lb", "accessLogs.prefix", "x")),
            ("another bucket", setting(LOAD_BALANCER, "public-lb", "connectionLogs.bucket", "x")),
        )
    ),
    Mutation(
        controls.log_buckets_use_the_only_key_that_load_balancers_can,
        "a KMS key",
        setting(
            ENCRYPTION,
            "access-logs-encryption",
            "rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
            "aws:kms",
        ),
        "encrypted by ['aws:kms']",
    ),
    Mutation(
        controls.log_buckets_use_the_only_key_that_load_balancers_can,
        "nothing said",
        removing(ENCRYPTION),
        "encrypted by []",
    ),
    Mutation(
        controls.buckets_log_their_readers,
        "one more bucket",
        adding(BUCKET, forceDestroy=False),
        "extra: nobody records",
    ),
    Mutation(
        controls.buckets_log_their_readers,
        "a loop",
        adding(LOGGING, bucket=NAME, targetBucket=NAME),
        "logs into itself",
    ),
    Mutation(
        controls.buckets_have_no_acls,
        "ACLs",
        setting(OWNERSHIP, "access-logs-ownership", "rule.objectOwnership", "ObjectWriter"),
        "ACLs count",
    ),
    Mutation(controls.buckets_have_no_acls, "nothing said", removing(OWNERSHIP), "ACLs count"),
    *(
        Mutation(controls.buckets_keep_a_year_and_clean_up, what, change, finding)
        for what, change, finding in (
            ("eleven months", _lifecycle("0.expiration.days", 335), "for [335, None] days"),
            ("for ever", _lifecycle("0.expiration"), "for [None] days"),
            ("disabled", _lifecycle("0.status", "Disabled"), "for [None] days"),
            ("a part of it", _lifecycle("0.filter.prefix", "access/"), "for [None] days"),
            (
                "all versions",
                _lifecycle("0.noncurrentVersionExpiration"),
                "no rule for noncurrentVersionExpiration",
            ),
            (
                "half-made uploads",
                _lifecycle("0.abortIncompleteMultipartUpload"),
                "no rule for abortIncompleteMultipartUpload",
            ),
            ("no rules", removing(LIFECYCLE), "for [] days"),
            ("no versions", removing(VERSIONING), "is lost"),
            (
                "suspended",
                setting(
                    VERSIONING,
                    "access-logs-versioning",
                    "versioningConfiguration.status",
                    "Suspended",
                ),
                "is lost",
            ),
        )
    ),
    Mutation(
        controls.buckets_are_protected,
        "not protected",
        protecting(BUCKET, "access-logs-bucket", protect=False),
        "protect is False",
    ),
    Mutation(
        controls.buckets_are_protected,
        "emptied on the way out",
        setting(BUCKET, "access-logs-bucket", "forceDestroy", value=True),
        "forceDestroy True",
    ),
]
CONTROLS: list[Control] = [getattr(controls, name) for name in sorted(controls_of(controls))]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_bucket_is_found(mutation: Mutation) -> None:
    assert mutation.missed(edge()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control.__name__)
def test_both_stacks_hold(stack: str, control: Control) -> None:
    findings = control(platform(stack))

    assert findings == [] or (stack, control.__name__) in EXEMPT
