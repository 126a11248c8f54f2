"""What a service may reach, read and call, and who may read its log."""

from __future__ import annotations

import pulumi
import pytest

from components.compute.fargate_service import FargateServiceArgs
from components.compute.sidecar import Sidecar
from components.compute.task_security_group import Egress
from tests.components.compute.samples import (
    KEY,
    REPOSITORY,
    SECRET,
    service_args,
)
from tests.components.compute.service_recording import recorded
from tests.engine.outputs import arn

TASK = "aws:ecs/taskDefinition:TaskDefinition"


def test_a_secret_is_named_by_arn_and_an_output_of_it_is_resolved() -> None:
    def args() -> FargateServiceArgs:
        arn_of_secret = pulumi.Output.from_input(SECRET)
        reference = pulumi.Output.concat(arn_of_secret, ":secret_key::")
        return service_args(secrets={"SECRET_KEY": reference}, secret_arns=[arn_of_secret])

    [container] = recorded(args).one(TASK, "ledger-task").json("containerDefinitions")
    assert container["secrets"] == [{"name": "SECRET_KEY", "valueFrom": f"{SECRET}:secret_key::"}]


def test_the_roles_are_two_and_the_task_may_call_nothing() -> None:
    recording = recorded()
    assert recording.names("aws:iam/role:Role") == {"ledger-execution-role", "ledger-task-role"}
    assert recording.names("aws:iam/rolePolicy:RolePolicy") == {"ledger-execution-role-policy"}
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "ledger-execution-role-policy")
    resources = {each["Sid"]: each["Resource"] for each in policy.json("policy")["Statement"]}
    assert resources["ImageLayers"] == [REPOSITORY]
    assert resources["Secrets"] == [SECRET]
    for role in recording.all("aws:iam/role:Role"):
        [statement] = role.json("assumeRolePolicy")["Statement"]
        assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": "111122223333"}


def test_extra_statements_go_to_the_task_role_alone() -> None:
    def args() -> FargateServiceArgs:
        exports = pulumi.Output.from_input("arn:aws:s3:::exports/*")
        statement = {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": [exports]}
        return service_args(task_role_statements=[statement])

    recording = recorded(args)
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "ledger-task-role-policy")
    assert policy.inputs["role"] == "ledger-task-role"
    assert policy.json("policy")["Statement"] == [
        {"Effect": "Allow", "Action": ["s3:PutObject"], "Resource": ["arn:aws:s3:::exports/*"]}
    ]


def test_the_images_of_sidecars_may_be_pulled_too() -> None:
    sidecar = Sidecar(name="x", image="i", memory_mib=8, repository_arn=arn("ecr", "repository/x"))
    recording = recorded(sidecars=[sidecar])
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "ledger-execution-role-policy")
    [layers] = [each for each in policy.json("policy")["Statement"] if each["Sid"] == "ImageLayers"]
    assert layers["Resource"] == [REPOSITORY, arn("ecr", "repository/x")]


def test_nothing_enters_and_only_https_leaves_unless_told_otherwise() -> None:
    recording = recorded()
    group = recording.one("aws:ec2/securityGroup:SecurityGroup", "ledger-tasks")
    assert group.inputs == {
        "description": "Tasks of ledger",
        "vpcId": "vpc-1",
        "tags": {"service": "ledger", "Name": "ledger"},
    }
    assert recording.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") == []
    [rule] = recording.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    assert rule.inputs == {
        "securityGroupId": "ledger-tasks-id",
        "description": "HTTPS to anywhere",
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "cidrIpv4": "0.0.0.0/0",
    }


def test_the_ways_out_can_be_named_one_by_one() -> None:
    egress = [
        Egress(name="endpoints", description="AWS", port=443, security_group_id="sg-endpoints"),
        Egress(name="s3", description="Image layers", port=443, prefix_list_id="pl-s3"),
    ]
    recording = recorded(egress=egress)
    rules = recording.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    assert {
        each.name: (each.inputs.get("referencedSecurityGroupId"), each.inputs.get("prefixListId"))
        for each in rules
    } == {
        "ledger-to-endpoints": ("sg-endpoints", None),
        "ledger-to-s3": (None, "pl-s3"),
    }


def test_a_way_out_has_exactly_one_destination() -> None:
    with pytest.raises(ValueError, match=r"egress x has one of cidr_ipv4, .* got none"):
        Egress(name="x", description="d", port=443)
    with pytest.raises(ValueError, match="got cidr_ipv4, security_group_id"):
        Egress(name="x", description="d", port=443, cidr_ipv4="0.0.0.0/0", security_group_id="sg")


@pytest.mark.parametrize("masked", [True, False])
def test_the_log_is_encrypted_kept_and_masked_when_asked(masked: bool) -> None:
    recording = recorded(mask_card_numbers=masked)
    assert recording.one("aws:cloudwatch/logGroup:LogGroup", "ledger-log").inputs == {
        "name": "/turnstay/staging/ledger",
        "kmsKeyId": KEY,
        "retentionInDays": 365,
        "tags": {"service": "ledger"},
    }
    masks = recording.all("aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy")
    assert [each.inputs["logGroupName"] for each in masks] == ["/turnstay/staging/ledger"] * masked
    for mask in masks:
        count, hide = mask.json("policyDocument")["Statement"]
        assert count["DataIdentifier"] == hide["DataIdentifier"]
        assert (
            "arn:aws:dataprotection::aws:data-identifier/CreditCardNumber" in hide["DataIdentifier"]
        )
        assert hide["Operation"] == {"Deidentify": {"MaskConfig": {}}}
