"""What the account does not show, or nobody reads back: it is in the request, or in what stays behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.local.provider.case import World, fresh
from tests.local.provider.cases_databases import DATABASES
from tests.local.provider.cases_ground import GROUND
from tests.local.provider.driver import Driver, Props, RefusedError

ROTATION = "aws:secretsmanager/secretRotation:SecretRotation"
POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy"
MISSING = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:missing"


@pytest.fixture
def requests(driver: Driver) -> Iterator[list[Props]]:
    """The parameters of what is asked of Secrets Manager, whatever it answers."""
    found: list[Props] = []
    events = driver.provider.aws()("secretsmanager").meta.events

    def note(params: Props, **_: Any) -> None:
        found.append(dict(params))

    events.register("before-parameter-build.secrets-manager", note)
    yield found
    events.unregister("before-parameter-build.secrets-manager", note)


@pytest.mark.parametrize(("given", "sent"), [({}, True), ({"rotateImmediately": False}, False)])
def test_a_password_is_rotated_at_once_unless_the_program_says_no(
    driver: Driver, requests: list[Props], given: Props, sent: bool
) -> None:
    inputs = {"secretId": MISSING, "rotationRules": {"automaticallyAfterDays": 90}, **given}
    with pytest.raises(RefusedError, match="RotateSecret: ResourceNotFoundException"):
        driver.create(ROTATION, "rotation", inputs)
    assert requests[0]["RotateImmediately"] == sent
    assert requests[0]["RotationRules"] == {"AutomaticallyAfterDays": 90}


@pytest.mark.parametrize(("given", "sent"), [({}, False), ({"blockPublicPolicy": True}, True)])
def test_a_public_policy_is_blocked_if_the_program_says_so(
    driver: Driver, requests: list[Props], given: Props, sent: bool
) -> None:
    with pytest.raises(RefusedError, match="PutResourcePolicy: ResourceNotFoundException"):
        driver.create(POLICY, "policy", {"secretArn": MISSING, "policy": "{}", **given})
    assert requests[0]["BlockPublicPolicy"] == sent


def test_a_plan_has_pulumis_windows_and_no_number_of_a_rule_that_changes_by_itself(
    driver: Driver,
) -> None:
    plan = driver.create("aws:backup/plan:Plan", fresh("plan-#"), DATABASES["plan"].inputs(_none))
    (rule,) = plan.outputs["rules"]
    assert (rule["startWindow"], rule["completionWindow"]) == (60, 180)
    assert "ruleId" not in rule
    driver.delete(plan)


def test_a_topic_without_its_policy_is_the_accounts_own_again(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    cases = {**DATABASES, **GROUND}
    inputs = cases["topic policy"].inputs(World(driver, cases))
    driver.delete(driver.create("aws:sns/topicPolicy:TopicPolicy", "policy", inputs))
    attributes = aws("sns").get_topic_attributes(TopicArn=inputs["arn"])["Attributes"]
    policy = json.loads(attributes["Policy"])
    assert policy["Id"] == "__default_policy_ID"
    (statement,) = policy["Statement"]
    assert statement["Condition"] == {"StringEquals": {"AWS:SourceOwner": "111122223333"}}


def _none(name: str) -> Any:
    raise AssertionError(f"a plan stands on nothing, but asks for {name}")
