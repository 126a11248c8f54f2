"""What an earlier run of the same gate left: taken over, or ended before anything begins."""

from __future__ import annotations

from botocore.exceptions import EndpointConnectionError

from tests.components.compute.fake_ecs import Json
from tests.components.compute.fake_tasks import OLD, WELL, WHAT, FakeTasks, run, task

REPLACED = "ledger-migrations: a later run replaces it"


def test_a_task_of_the_same_revision_is_waited_for_instead_of_a_new_one() -> None:
    ecs = FakeTasks(left=[task(1)], ends={1: WELL})
    assert run(ecs) == [
        f"{WHAT}: an earlier run left {1:032x}; waits for it",
        f"{WHAT} ended well",
    ]
    assert ecs.calls == ["end 1"]


def test_a_task_of_another_revision_is_stopped_and_gone_before_the_new_one_begins() -> None:
    ecs = FakeTasks(left=[task(1, OLD)], ends={100: WELL}, looks=5)
    assert run(ecs) == [
        f"{WHAT}: an earlier run left {1:032x}, which is stopped",
        f"{WHAT} ended well",
    ]
    assert ecs.calls == [f"stop 1: {REPLACED}", "end 1", "run", "end 100"]


def test_of_two_tasks_of_the_revision_the_newest_is_kept() -> None:
    ecs = FakeTasks(left=[task(1), task(3), task(2)], ends={3: WELL})
    run(ecs)
    assert ecs.calls[:2] == [f"stop 1: {REPLACED}", f"stop 2: {REPLACED}"]
    assert ecs.calls[-1] == "end 3"
    assert ecs.requests == []


def test_a_task_that_was_told_to_stop_is_not_taken_over_but_waited_for() -> None:
    ending = task(1, desiredStatus="STOPPED", lastStatus="STOPPING")
    ecs = FakeTasks(left=[ending], ends={100: WELL}, looks=4)
    run(ecs)
    assert ecs.calls == [f"stop 1: {REPLACED}", "end 1", "run", "end 100"]


def test_tasks_of_the_family_that_somebody_else_runs_and_those_that_ended_are_left_alone() -> None:
    left = [
        task(1, OLD, startedBy="maria"),
        task(2, startedBy="maria"),
        task(3, OLD, desiredStatus="STOPPED", lastStatus="STOPPED"),
    ]
    ecs = FakeTasks(left=left, ends={100: WELL})
    run(ecs)
    assert ecs.calls == ["run", "end 100"]


def test_more_tasks_than_one_call_describes_are_all_seen() -> None:
    done = [
        task(number, desiredStatus="STOPPED", lastStatus="STOPPED") for number in range(10, 109)
    ]
    ecs = FakeTasks(left=[task(1), task(2, startedBy="maria"), *done], ends={1: WELL})
    run(ecs)
    assert ecs.requests == []


def test_while_earlier_tasks_end_a_lost_connection_is_nothing() -> None:
    class Flaky(FakeTasks):
        def describe_tasks(self, **request: object) -> Json:
            answers.append(1)
            if len(answers) == 2:
                raise EndpointConnectionError(endpoint_url="https://ecs")
            return super().describe_tasks(**request)  # type: ignore[arg-type]

    answers: list[int] = []
    ecs = Flaky(left=[task(1, OLD)], ends={100: WELL})
    run(ecs)
    assert ecs.calls == [f"stop 1: {REPLACED}", "end 1", "run", "end 100"]


def test_an_earlier_task_that_ecs_forgets_is_gone() -> None:
    class Forgetful(FakeTasks):
        def stop_task(self, *, task: str, **_: object) -> Json:
            del self.tasks[task]
            return {}

    ecs = Forgetful(left=[task(1, OLD)], ends={100: WELL})
    run(ecs)
    assert ecs.calls == ["run", "end 100"]
