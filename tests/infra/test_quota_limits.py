"""Each quota is seen to be passed by a program that takes too much."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import pytest

from tests.engine.mutate import added, mutated
from tests.engine.platform import platform
from tests.engine.recording import Recording
from tests.infra.quotas import EGRESS, INGRESS, QUOTAS, TASK, above

Change: TypeAlias = Callable[[Recording], Recording]
ACL: Final = "aws:ec2/networkAcl:NetworkAcl"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
LOG_POLICY: Final = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy"
LONG: Final = json.dumps({"Version": "2012-10-17", "Statement": ["x" * 70_000]})


def many(kind: str, number: int, **inputs: Any) -> Change:
    def change(recording: Recording) -> Recording:
        for index in range(number):
            recording = added(recording, kind, f"extra-{index}", inputs)
        return recording

    return change


def one(kind: str, **inputs: Any) -> Change:
    return lambda recording: added(recording, kind, "e" * 60, inputs)


def other(kind: str, name: str, path: str, value: Any) -> Change:
    return lambda recording: mutated(recording, kind, name, path, value)


TOO_MUCH: Final[Mapping[str, Change]] = {
    "name of a load balancer": one("aws:lb/loadBalancer:LoadBalancer"),
    "name of a target group": one("aws:lb/targetGroup:TargetGroup"),
    "name of a role": one("aws:iam/role:Role"),
    "name of a bucket": one("aws:s3/bucket:Bucket"),
    "policies of a role": one("aws:iam/rolePolicy:RolePolicy", role="role", policy=LONG),
    "trust policy of a role": one("aws:iam/role:Role", assumeRolePolicy=LONG),
    "managed policy": one("aws:iam/policy:Policy", policy=LONG),
    "managed policies of a role": many(ATTACHMENT, 11, role="role"),
    "policy of a key": one("aws:kms/key:Key", policy=LONG),
    "policy of a bucket": one("aws:s3/bucketPolicy:BucketPolicy", policy=LONG),
    "policy of an endpoint": one("aws:ec2/vpcEndpoint:VpcEndpoint", policy=LONG),
    "resource policy of CloudWatch Logs": one(LOG_POLICY, policyDocument=LONG),
    "task definition": one(TASK, containerDefinitions=LONG),
    "containers of a task": one(TASK, containerDefinitions=json.dumps([{}] * 11)),
    "rules into a group": many(INGRESS, 61, securityGroupId="ledger-tasks-id"),
    "rules out of a group": many(EGRESS, 61, securityGroupId="ledger-tasks-id"),
    "groups of a task": other(
        "aws:ecs/service:Service",
        "ledger-service",
        "networkConfiguration.securityGroups",
        ["group"] * 6,
    ),
    "rules of a listener": many("aws:lb/listenerRule:ListenerRule", 101, listenerArn="listener"),
    "names of a certificate beside the first": one(
        "aws:acm/certificate:Certificate", subjectAlternativeNames=["host"] * 10
    ),
    "rules into an ACL": other(ACL, "network-card-acl", "ingress", [{}] * 21),
    "rules out of an ACL": other(ACL, "network-card-acl", "egress", [{}] * 21),
    "elastic addresses": many("aws:ec2/eip:Eip", 5),
    "resource policies of CloudWatch Logs": many(LOG_POLICY, 10),
}


@pytest.mark.parametrize("what", [quota.what for quota in QUOTAS])
def test_a_program_that_takes_too_much_is_seen(what: str) -> None:
    found = above(TOO_MUCH[what](platform("staging")))
    assert any(each.startswith(f"{what}: ") for each in found)
