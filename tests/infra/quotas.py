"""How much of each of AWS's limits the whole program uses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from tests.engine.recording import Recording

Use: TypeAlias = Mapping[str, int]
SUFFIX: Final = len("-1234567")
"""What Pulumi adds to a name that the program does not give."""


class Quota(NamedTuple):
    """A limit of AWS, and who uses how much of it."""

    what: str
    limit: int
    use: Callable[[Recording], Use]


def _name(kind: str, key: str = "name") -> Callable[[Recording], Use]:
    """The length of each physical name, Pulumi's suffix included where it makes the name up."""
    return lambda recording: {
        each.name: len(each.inputs[key]) if key in each.inputs else len(each.name) + SUFFIX
        for each in recording.all(kind)
    }


def _document(kind: str, key: str) -> Callable[[Recording], Use]:
    """The size of each document as it is sent."""
    return lambda recording: {
        each.name: len(each.inputs[key].encode())
        for each in recording.all(kind)
        if key in each.inputs
    }


def _inline_policies(recording: Recording) -> Use:
    """Of all policies of a role together; IAM does not count white space."""
    used: Counter[str] = Counter()
    for each in recording.all("aws:iam/rolePolicy:RolePolicy"):
        used[each.inputs["role"]] += len(json.dumps(each.json("policy"), separators=(",", ":")))
    return used


def _managed_policies(recording: Recording) -> Use:
    """Without white space, which IAM does not count."""
    return {
        each.name: len(json.dumps(each.json("policy"), separators=(",", ":")))
        for each in recording.all("aws:iam/policy:Policy")
    }


def _per(kind: str, key: str) -> Callable[[Recording], Use]:
    """How many resources of a type belong to the same other one."""
    return lambda recording: Counter(str(each.inputs[key]) for each in recording.all(kind))


def _entries(kind: str, *path: str) -> Callable[[Recording], Use]:
    """How long a list inside of each resource is."""

    def use(recording: Recording) -> Use:
        return {each.name: len(_at(each.inputs, path)) for each in recording.all(kind)}

    return use


def _at(inputs: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        inputs = inputs.get(key, {})
    return inputs


def _number(kind: str) -> Callable[[Recording], Use]:
    """How many there are in the account and region."""
    return lambda recording: {kind: len(recording.all(kind))}


def _containers(recording: Recording) -> Use:
    tasks = recording.all("aws:ecs/taskDefinition:TaskDefinition")
    return {each.name: len(each.json("containerDefinitions")) for each in tasks}


EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
QUOTAS: Final = [
    Quota("name of a load balancer", 32, _name("aws:lb/loadBalancer:LoadBalancer")),
    Quota("name of a target group", 32, _name("aws:lb/targetGroup:TargetGroup")),
    Quota("name of a role", 64, _name("aws:iam/role:Role")),
    Quota("name of a bucket", 63, _name("aws:s3/bucket:Bucket", "bucket")),
    Quota("policies of a role", 10_240, _inline_policies),
    Quota("trust policy of a role", 2_048, _document("aws:iam/role:Role", "assumeRolePolicy")),
    Quota("managed policy", 6_144, _managed_policies),
    Quota(
        "managed policies of a role",
        10,
        _per("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role"),
    ),
    Quota("policy of a key", 32_768, _document("aws:kms/key:Key", "policy")),
    Quota("policy of a bucket", 20_480, _document("aws:s3/bucketPolicy:BucketPolicy", "policy")),
    Quota("policy of an endpoint", 20_480, _document("aws:ec2/vpcEndpoint:VpcEndpoint", "policy")),
    Quota(
        "resource policy of CloudWatch Logs",
        5_120,
        _document("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "policyDocument"),
    ),
    Quota("task definition", 65_536, _document(TASK, "containerDefinitions")),
    Quota("containers of a task", 10, _containers),
    Quota("rules into a group", 60, _per(INGRESS, "securityGroupId")),
    Quota("rules out of a group", 60, _per(EGRESS, "securityGroupId")),
    Quota(
        "groups of a task",
        5,
        _entries("aws:ecs/service:Service", "networkConfiguration", "securityGroups"),
    ),
    Quota("rules of a listener", 100, _per("aws:lb/listenerRule:ListenerRule", "listenerArn")),
    Quota(
        "names of a certificate beside the first",
        9,
        _entries("aws:acm/certificate:Certificate", "subjectAlternativeNames"),
    ),
    Quota("rules into an ACL", 20, _entries("aws:ec2/networkAcl:NetworkAcl", "ingress")),
    Quota("rules out of an ACL", 20, _entries("aws:ec2/networkAcl:NetworkAcl", "egress")),
    Quota("elastic addresses", 5, _number("aws:ec2/eip:Eip")),
    Quota(
        "resource policies of CloudWatch Logs",
        10,
        _number("aws:cloudwatch/logResourcePolicy:LogResourcePolicy"),
    ),
]


def above(recording: Recording) -> list[str]:
    """Whoever takes more than there is."""
    return [
        f"{quota.what}: {name} has {used} of {quota.limit}"
        for quota in QUOTAS
        for name, used in quota.use(recording).items()
        if used > quota.limit
    ]
