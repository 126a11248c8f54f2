"""A service that comes to a running stack, and the one that calls it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.scenarios.small_stack import BROKEN, SAMPLE, SmallStack

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """The caller alone: there is no image of what it calls. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("new") / "small") as stack:
        stack.deploy(web="1")
        stack.up()
        yield stack


def test_without_an_image_there_is_everything_of_a_service_but_the_service(
    small: SmallStack,
) -> None:
    services = small.view.ecs.list_services(cluster="small")["serviceArns"]

    assert [each.rsplit("/", 1)[-1] for each in services] == ["web"]
    assert small.view.client("logs").describe_log_groups(logGroupNamePrefix="/small/ledger")[
        "logGroups"
    ]
    assert small.view.revisions("web") == ["1"]


def test_a_first_release_that_crashes_fails_the_update_with_none_to_go_back_to(
    small: SmallStack,
) -> None:
    small.build("ledger:1", BROKEN / "crash")
    small.deploy(web="1", ledger="1")

    result = small.run("up")

    assert result.code == 1
    assert result.failed == ["ledger-rollout-revision (Stash)"]
    for words in (
        "ledger: revision small-ledger:1 did not roll out, and there is none to go back to",
        "3 tasks stopped: Essential container in task exited (app: exit code 1)",
        "RuntimeError: there is no database",
    ):
        assert words in result.output
    assert small.view.tasks("ledger") == []


def test_once_the_cause_is_gone_the_first_release_comes_up(small: SmallStack) -> None:
    small.build("ledger:1", SAMPLE)

    result = small.up()

    assert result.changes == ["create Stash ledger-rollout-revision"]
    assert small.view.revisions("ledger") == ["1"]


def test_the_caller_was_deployed_once_more_to_see_the_new_service_and_never_again(
    small: SmallStack,
) -> None:
    callee, caller = small.view.service("ledger"), small.view.newest("web")
    tasks = small.view.task_arns("web"), small.view.task_arns("ledger")

    result = small.up()

    assert caller["createdAt"] > callee["createdAt"]
    assert len(small.view.deployments_ever("web")) == 2
    assert set(result.counts) == {"same"}
    assert result.changes == []
    assert (small.view.task_arns("web"), small.view.task_arns("ledger")) == tasks
    assert small.view.newest("web")["id"] == caller["id"]
    assert small.view.revisions("web") == ["1"]
