"""What the provider answers before it does anything: names, tags, refusals, and what a change means."""

from __future__ import annotations

import pytest

from local.provider.checking import DEFAULTS
from local.provider.values import UNKNOWN
from tests.local.provider.driver import Driver, RefusedError, Resource

VPC = "aws:ec2/vpc:Vpc"
GROUP = "aws:cloudwatch/logGroup:LogGroup"
BALANCER = "aws:lb/loadBalancer:LoadBalancer"
BUCKET = "aws:s3/bucket:Bucket"
SERVICE = "aws:ecs/service:Service"


def recorded(driver: Driver, kind: str, **inputs: object) -> Resource:
    checked = driver.check(kind, "name", inputs)
    outputs = {key: value for key, value in checked.items() if key != DEFAULTS}
    return Resource(f"urn:pulumi:test::p::{kind}::name", kind, "name", "id", checked, outputs)


def test_a_name_is_made_as_pulumi_makes_it_and_kept(driver: Driver) -> None:
    made = driver.check(GROUP, "flows", {})
    assert made["name"] == "flows-19b2585"
    assert made[DEFAULTS] == ["name"]
    again = driver.check(GROUP, "flows", {"retentionInDays": 1}, {**made, "name": "flows-0000000"})
    assert again["name"] == "flows-0000000"


def test_a_name_that_the_program_chose_before_is_not_kept(driver: Driver) -> None:
    chosen = driver.check(GROUP, "flows", {"name": "/turnstay/flows"})
    assert chosen[DEFAULTS] == []
    assert driver.check(GROUP, "flows", {}, chosen)["name"] == "flows-19b2585"


def test_a_bucket_is_named_in_small_letters(driver: Driver) -> None:
    assert driver.check(BUCKET, "Logs", {})["bucket"] == "logs-19b2585"


def test_a_name_too_long_for_aws_is_refused_like_the_real_provider_does(driver: Driver) -> None:
    with pytest.raises(RefusedError, match="plus 7 random chars is longer than maximum length 32"):
        driver.check(BALANCER, "a-name-of-twenty-six-chars", {})
    driver.check(BALANCER, "name-of-twenty-four-chars"[:24], {})


def test_default_tags_are_under_the_resources_own(driver: Driver) -> None:
    checked = driver.check(VPC, "vpc", {"tags": {"Name": "vpc", "project": "other"}})
    assert checked["tags"] == {"Name": "vpc", "project": "other"}
    assert checked["tagsAll"] == {"project": "other", "Name": "vpc"}
    assert driver.check(VPC, "vpc", {})["tagsAll"] == {"project": "turnstay"}
    assert driver.check(VPC, "vpc", {"tags": {"Name": UNKNOWN}})["tagsAll"] == UNKNOWN


def test_what_cannot_be_tagged_gets_no_tags(driver: Driver) -> None:
    assert "tagsAll" not in driver.check("aws:iam/rolePolicy:RolePolicy", "policy", {})


def test_an_unknown_type_is_named(driver: Driver) -> None:
    with pytest.raises(
        RefusedError, match="does not know the resource type aws:dynamodb/table:Table"
    ):
        driver.check("aws:dynamodb/table:Table", "queue", {})


def test_an_input_that_would_be_ignored_is_refused_with_those_there_are(driver: Driver) -> None:
    with pytest.raises(RefusedError, match=r"Vpc takes no ipv4IpamPoolId .* it takes cidrBlock, e"):
        driver.check(VPC, "vpc", {"cidrBlock": "10.0.0.0/16", "ipv4IpamPoolId": "pool"})
    with pytest.raises(RefusedError, match="has the region eu-west-1, not eu-central-1"):
        driver.check(VPC, "vpc", {"region": "eu-central-1"})
    assert driver.check(VPC, "vpc", {"region": "eu-west-1"})["region"] == "eu-west-1"


def test_a_change_that_is_ignored_is_none(driver: Driver) -> None:
    service = recorded(driver, SERVICE, desiredCount=2, tags={"a": "b"})
    changed = {"desiredCount": 4, "tags": {"a": "b"}}
    assert driver.diff(service, changed).changed == ["desiredCount"]
    assert driver.diff(service, changed, ("desiredCount",)).changed == []
    assert driver.diff(service, {"desiredCount": 2}, ('tags["a"]', "tagsAll.a")).changed == []


def test_other_default_tags_change_every_resource() -> None:
    before = Driver(defaultTags='{"tags": {"project": "turnstay"}}')
    after = Driver(defaultTags='{"tags": {"project": "turnstay", "stack": "prod"}}')
    vpc = recorded(before, VPC, cidrBlock="10.0.0.0/16")
    assert after.diff(vpc, {"cidrBlock": "10.0.0.0/16"}).changed == ["tagsAll"]


def test_a_resource_goes_first_only_when_its_successor_has_its_name(driver: Driver) -> None:
    chosen = recorded(driver, SERVICE, name="ledger", cluster="a")
    assert driver.diff(chosen, {"name": "ledger", "cluster": "b"}).delete_first
    assert not driver.diff(chosen, {"name": "other", "cluster": "b"}).delete_first
    assert not driver.diff(chosen, {"name": "ledger", "cluster": "a"}).delete_first
    made = recorded(driver, SERVICE, cluster="a")
    assert not driver.diff(made, {"cluster": "b"}).delete_first


def test_an_unknown_value_may_be_another_one(driver: Driver) -> None:
    service = recorded(driver, SERVICE, name="ledger", cluster="a", taskDefinition="t:1")
    changed = {"name": "ledger", "cluster": "a", "taskDefinition": UNKNOWN}
    assert driver.diff(service, changed).changed == ["taskDefinition"]
    assert driver.diff(service, changed).replacing == []


@pytest.mark.parametrize(
    ("old", "new", "forced", "replaced"),
    [
        ([{"capacityProvider": "FARGATE"}], [{"capacityProvider": "FARGATE_SPOT"}], False, True),
        ([{"capacityProvider": "FARGATE"}], [{"capacityProvider": "FARGATE_SPOT"}], True, False),
        ([{"capacityProvider": "FARGATE"}], None, True, True),
        (None, [{"capacityProvider": "FARGATE"}], True, True),
    ],
)
def test_other_capacity_providers_replace_a_service_unless_it_may_be_deployed_anew(
    driver: Driver,
    old: list[dict[str, str]] | None,
    new: list[dict[str, str]] | None,
    forced: bool,
    replaced: bool,
) -> None:
    service = recorded(driver, SERVICE, capacityProviderStrategies=old, forceNewDeployment=forced)
    change = driver.diff(service, {"capacityProviderStrategies": new, "forceNewDeployment": forced})
    assert change.changed == ["capacityProviderStrategies"]
    assert bool(change.replacing) == replaced


def test_a_preview_of_an_update_keeps_what_stays_and_drops_what_is_taken_away(
    driver: Driver,
) -> None:
    group = recorded(driver, GROUP, name="/a", retentionInDays=30, kmsKeyId="key")
    group.outputs = {**group.outputs, "arn": "arn:aws:logs:::/a"}
    planned = driver.update(group, {"name": "/a", "retentionInDays": UNKNOWN}, preview=True)
    assert planned.outputs["arn"] == "arn:aws:logs:::/a"
    assert planned.outputs["retentionInDays"] == UNKNOWN
    assert "kmsKeyId" not in planned.outputs
    assert DEFAULTS not in planned.outputs
