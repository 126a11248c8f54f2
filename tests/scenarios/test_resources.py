"""What people do to resources: change them behind the engine's back, and destroy them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from local.account.identity import is_alive
from tests.scenarios.small_stack import SmallStack

pytestmark = pytest.mark.engine

WAY = "web calls ledger"
COPIED = (
    *("family", "cpu", "memory", "networkMode", "requiresCompatibilities", "runtimePlatform"),
    *("containerDefinitions", "executionRoleArn", "taskRoleArn"),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """Both services up, with a protected key and a protected bucket. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("resources") / "small") as stack:
        stack.deploy(web="1", ledger="1")
        stack.values["protect"] = True
        stack.up()
        yield stack


def ways(small: SmallStack) -> list[dict[str, Any]]:
    """The rules by which the caller's tasks may enter the callee's group."""
    found = small.view.client("ec2").describe_security_group_rules()["SecurityGroupRules"]
    return [each for each in found if each.get("Description") == WAY and not each["IsEgress"]]


def retention_days(small: SmallStack) -> int:
    groups = small.view.client("logs").describe_log_groups(logGroupNamePrefix="/small/web")
    return int(groups["logGroups"][0]["retentionInDays"])


def change_by_hand(small: SmallStack) -> str:
    """Close the way to the callee, shorten a log's life, and deploy a revision of one's own; its number."""
    client, ecs = small.view.client, small.view.ecs
    (way,) = ways(small)
    client("ec2").revoke_security_group_ingress(
        GroupId=way["GroupId"], SecurityGroupRuleIds=[way["SecurityGroupRuleId"]]
    )
    client("logs").put_retention_policy(logGroupName="/small/web", retentionInDays=1)
    definition = ecs.describe_task_definition(taskDefinition="small-ledger:1")["taskDefinition"]
    made = ecs.register_task_definition(**{each: definition[each] for each in COPIED})
    revision = str(made["taskDefinition"]["revision"])
    ecs.update_service(cluster="small", service="ledger", taskDefinition=f"small-ledger:{revision}")
    assert small.view.revisions("ledger") == [revision]
    return revision


def assert_as_the_program_says(small: SmallStack) -> None:
    assert len(ways(small)) == 1
    assert retention_days(small) == 365
    assert small.view.revisions("ledger") == ["1"]


def test_a_refresh_finds_what_was_changed_by_hand_and_the_next_up_puts_it_right(
    small: SmallStack,
) -> None:
    revision = change_by_hand(small)

    found = small.run("refresh")
    assert small.view.revisions("ledger") == [revision]  # a refresh only looks
    repaired = small.up()

    changed = ["update LogGroup web-log", "update Service ledger-service"]
    assert found.changes == ["delete SecurityGroupIngressRule web-calls-ledger-ingress", *changed]
    assert repaired.changes == [
        "create SecurityGroupIngressRule web-calls-ledger-ingress",
        *changed,
    ]
    assert_as_the_program_says(small)


def test_an_up_that_refreshes_first_does_both_at_once(small: SmallStack) -> None:
    change_by_hand(small)

    result = small.run("repair")

    assert result.code == 0, result.output
    assert_as_the_program_says(small)


def test_what_is_protected_refuses_by_its_name_and_nothing_is_destroyed(small: SmallStack) -> None:
    tasks = small.view.task_arns("web"), small.view.task_arns("ledger")

    refused = small.run("destroy")
    small.values["protect"] = False
    afterwards = small.up()

    assert refused.code == 1
    for name in ("logs-key", "access-logs-bucket"):
        assert f"failed   {name}: " in refused.output
    assert "cannot be deleted\n         because it is protected" in refused.output
    # The stack is as it was, and can still be worked with: the bucket learns that it may go with its content.
    assert afterwards.changes == ["update Bucket access-logs-bucket"]
    assert (small.view.task_arns("web"), small.view.task_arns("ledger")) == tasks


def test_without_protection_everything_goes_with_every_task(small: SmallStack) -> None:
    tasks = {int(each.name): each.read_text() for each in (small.state.folder / "tasks").iterdir()}

    result = small.run("destroy")

    assert tasks
    assert result.code == 0, result.output
    assert set(result.counts) == {"delete"}
    assert not any(is_alive(*each) for each in tasks.items())
    assert list((small.state.folder / "tasks").iterdir()) == []
    (state,) = small.state.backend.rglob("stacks/**/small.json")
    assert not json.loads(state.read_text())["checkpoint"]["latest"].get("resources")
