"""Releases of two services, from the first to one that never comes up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.scenarios.callers import Callers
from tests.scenarios.small_stack import BROKEN, SAMPLE, SmallStack

pytestmark = pytest.mark.engine

RELEASE = [
    "replace TaskDefinition {}-task",
    "update Service {}-service",
    "update Stash {}-rollout-revision",
]


def release_of(*names: str) -> list[str]:
    """What a new image of these services changes."""
    return sorted(each.format(name) for name in names for each in RELEASE)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """Both services up, in their first release. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("releases") / "small") as stack:
        stack.deploy(web="1", ledger="1")
        stack.up()
        yield stack


def account_as_it_is(small: SmallStack) -> list[Any]:
    """Whatever an update could have touched."""
    client = small.view.client
    groups = client("logs").describe_log_groups()["logGroups"]
    return [
        client("ecs").list_task_definitions()["taskDefinitionArns"],
        [small.view.service(each) for each in ("web", "ledger")],
        [small.view.tasks(each) for each in ("web", "ledger")],
        client("ec2").describe_security_group_rules()["SecurityGroupRules"],
        {each["logGroupName"]: each["retentionInDays"] for each in groups},
        client("iam").list_roles()["Roles"],
        client("application-autoscaling").describe_scaling_policies(ServiceNamespace="ecs")[
            "ScalingPolicies"
        ],
    ]


def test_both_services_run_the_revision_that_was_asked_for(small: SmallStack) -> None:
    view = small.view

    for name in ("web", "ledger"):
        newest = view.newest(name)
        assert newest["rolloutState"] == "COMPLETED"
        assert newest["taskDefinition"].endswith(f"/small-{name}:1")
        assert newest["runningCount"] == newest["desiredCount"] == 1
        assert view.answers(name) == [{"service": name, "environment": "local", "revision": "1"}]
    assert list(view.targets().values()) == ["healthy"]


def test_a_preview_shows_a_release_and_changes_neither_account_nor_state(small: SmallStack) -> None:
    small.deploy(web="2", ledger="1")
    account = account_as_it_is(small)
    state = {each: each.read_bytes() for each in small.state.backend.rglob("stacks/**/*.json")}

    result = small.run("preview")

    assert result.code == 0
    assert result.changes == release_of("web")
    assert account_as_it_is(small) == account
    assert state
    assert {each: each.read_bytes() for each in state} == state


def test_a_new_image_replaces_the_tasks_of_its_service_and_of_no_other(small: SmallStack) -> None:
    web, ledger = small.view.task_arns("web"), small.view.task_arns("ledger")

    result = small.up()

    assert result.changes == release_of("web")
    assert small.view.revisions("web") == ["2"]
    assert not set(web) & set(small.view.task_arns("web"))
    assert small.view.task_arns("ledger") == ledger


def test_a_release_that_crashes_fails_the_update_tells_why_and_holds_nothing_else_up(
    small: SmallStack,
) -> None:
    small.build("web:3", BROKEN / "crash")
    small.deploy(web="3", ledger="2")

    with Callers(small.view) as callers:
        result = small.run("up")

    assert result.code == 1
    assert result.failed == ["web-rollout-revision (Stash)"]
    for words in (
        "web: revision small-web:3 did not roll out, the service is on small-web:2 instead",
        "3 tasks stopped: Essential container in task exited (app: exit code 1)",
        "RuntimeError: there is no database",
    ):
        assert words in result.output
    # The old release has served all the while, and goes on.
    assert set(callers.answered) == {"2"}
    assert callers.refused == []
    assert small.view.revisions("web") == ["2"]
    assert small.view.revisions("ledger") == ["2"]


def test_the_next_up_is_not_green_while_the_cause_is_there(small: SmallStack) -> None:
    ledger = small.view.task_arns("ledger")

    result = small.run("up")

    assert result.code == 1
    assert result.failed == ["web-rollout-revision (Stash)"]
    assert result.changes == []
    assert "RuntimeError: there is no database" in result.output
    assert small.view.revisions("web") == ["2"]
    assert small.view.task_arns("ledger") == ledger


def test_once_the_cause_is_gone_the_same_release_comes_up(small: SmallStack) -> None:
    small.build("web:3", SAMPLE)

    with Callers(small.view) as callers:
        result = small.up()

    assert result.changes == ["update Stash web-rollout-revision"]
    assert set(callers.answered) <= {"2", "3"}
    assert callers.refused == []
    assert small.view.revisions("web") == ["3"]


def test_a_release_that_is_not_well_in_time_fails_and_is_waited_for_again(
    small: SmallStack,
) -> None:
    small.build("web:1", BROKEN / "sick")
    sick = small.folder("web:1") / "sick"
    sick.touch()
    small.values["timeout_seconds"] = 2
    small.deploy(web="1", ledger="2")

    late = small.run("up")
    sick.unlink()
    small.values["timeout_seconds"] = 120
    well = small.up()

    assert late.code == 1
    assert "web: revision small-web:4 does not run after 2 s" in late.output
    assert well.changes == ["update Stash web-rollout-revision"]
    assert small.view.newest("web")["rolloutState"] == "COMPLETED"
