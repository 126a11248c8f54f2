"""A bill can be read: every resource tells whose it is."""

from __future__ import annotations

from typing import Any

import pytest
from pulumi import _types

from tests.engine.lint import _arguments_of
from tests.engine.mutate import mutated
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.infra.owners import SLUGS, belongings, owner

DEFAULTS = {"project", "environment", "managed-by"}
# A rule stands between two groups, and costs nothing that a bill could show.
BETWEEN_TWO = {
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
}


def taggable(each: Registration) -> bool:
    if not each.custom or not each.type.startswith("aws:"):
        return False
    arguments = _arguments_of(each.type)
    return arguments is not None and "tags" in _types.input_type_types(arguments)


def tags_of(each: Registration) -> dict[str, Any]:
    return dict(each.inputs.get("tags", {}))


def service_tags_that_are_wrong(recording: Recording) -> list[str]:
    return [
        f"{each.type} {each.name}: service is {tags_of(each).get('service')}"
        for each in recording.registrations.values()
        if taggable(each) and each.type not in BETWEEN_TWO
        if tags_of(each).get("service") != owner(recording, each)
    ]


@pytest.mark.parametrize("stack", STACKS)
def test_the_provider_puts_three_tags_on_everything_and_nothing_overrides_them(stack: str) -> None:
    recording = platform(stack)
    (provider,) = recording.all("pulumi:providers:aws")
    environment = {"staging": "staging", "prod": "production"}[stack]
    assert provider.json("defaultTags") == {
        "tags": {"project": "turnstay", "environment": environment, "managed-by": "pulumi"}
    }
    assert [
        f"{each.name}: {key}"
        for each in recording.registrations.values()
        for key in tags_of(each)
        if key in DEFAULTS
    ] == []


@pytest.mark.parametrize("images", [True, False], ids=["images", "no-images"])
@pytest.mark.parametrize("stack", STACKS)
def test_what_belongs_to_one_service_carries_its_name_and_nothing_else_does(
    stack: str, images: bool
) -> None:
    assert service_tags_that_are_wrong(platform(stack, images=images)) == []


def test_every_service_has_resources_that_can_carry_its_name() -> None:
    recording = platform("staging")
    for slug in SLUGS:
        assert {
            "aws:ecs/service:Service",
            "aws:ecs/taskDefinition:TaskDefinition",
            "aws:ecr/repository:Repository",
            "aws:iam/role:Role",
            "aws:cloudwatch/logGroup:LogGroup",
            "aws:ec2/securityGroup:SecurityGroup",
        } <= {each.type for each in belongings(recording, slug) if taggable(each)}


@pytest.mark.parametrize(
    ("kind", "name", "tags"),
    [
        ("aws:iam/role:Role", "ledger-task-role", {}),
        ("aws:ecr/repository:Repository", "ledger-images-repository", {"service": "recon"}),
        ("aws:lb/loadBalancer:LoadBalancer", "public-lb", {"service": "turnstay-api"}),
    ],
    ids=["missing", "another service's", "on what all share"],
)
def test_a_wrong_service_tag_is_found(kind: str, name: str, tags: dict[str, str]) -> None:
    worse = mutated(platform("staging"), kind, name, "tags", tags)
    (found,) = service_tags_that_are_wrong(worse)
    assert found == f"{kind} {name}: service is {tags.get('service')}"
