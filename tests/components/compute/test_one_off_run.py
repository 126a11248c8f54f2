"""One task to its end: what it is started with, what counts as success, and what a failure tells."""

from __future__ import annotations

from typing import Any

import pytest

from components.compute.one_off import OneOffFailedError, problem
from tests.components.compute.fake_ecs import FakeLogs, Json, client_error
from tests.components.compute.fake_tasks import (
    REQUEST,
    WELL,
    WHAT,
    FakeTasks,
    one_off,
    run,
)

EXITED = "Essential container in task exited"
NO_SECRET = "ResourceInitializationError: unable to pull secrets or registry auth"
ROOM: Json = {"reason": "RESOURCE:ENI", "detail": "no address is left"}
DENIED = client_error("AccessDeniedException: not authorized on resource: x", "RunTask")
FULL = client_error("ClientException: Capacity is unavailable at this time", "RunTask")
QUOTA = client_error("ClientException: You've reached the limit on the number of vCPUs", "RunTask")


def fails(ecs: FakeTasks, logs: Any = None, **changes: Any) -> list[str]:
    with pytest.raises(OneOffFailedError) as failed:
        run(ecs, one_off(**changes), logs=logs)
    return str(failed.value).splitlines()


def test_it_starts_one_task_on_fargate_without_a_public_address_and_waits_for_its_end() -> None:
    ecs = FakeTasks(ends={100: WELL})
    assert run(ecs) == [f"{WHAT} ended well"]
    assert ecs.requests == [REQUEST]
    assert ecs.calls == ["run", "end 100"]


def test_a_failure_tells_exit_code_reason_and_the_last_lines_of_its_own_container() -> None:
    end = {"stopCode": "EssentialContainerExited", "stoppedReason": EXITED, "exitCode": 3}
    logs = FakeLogs(
        {
            f"ecs/migrations/{100:032x}": [f"line {n}" for n in range(30)],
            f"ecs/app/{100:032x}": ["another container's"],
        }
    )
    assert fails(FakeTasks(ends={100: end}), logs) == [
        f"{WHAT} ended with exit code 3: {EXITED}",
        f"  last lines of migrations in task {100:032x}:",
        *[f"    line {n}" for n in range(10, 30)],
    ]


def test_a_task_that_never_began_tells_why() -> None:
    end = {"stopCode": "TaskFailedToStart", "stoppedReason": NO_SECRET}
    assert fails(FakeTasks(ends={100: end})) == [
        f"{WHAT} did not start: {NO_SECRET}",
        f"  migrations of task {100:032x} has logged nothing",
    ]


def _ended(container: Json, **more: Any) -> Any:
    return {"containers": [{"name": "migrations", **container}], **more}


@pytest.mark.parametrize(
    ("ended", "text"),
    [
        (_ended({"exitCode": 0}, stopCode="EssentialContainerExited"), None),
        (_ended({"exitCode": 0}), None),
        (
            _ended({"exitCode": 0}, stopCode="UserInitiated", stoppedReason="by hand"),
            "was stopped before it was done: by hand (UserInitiated)",
        ),
        (
            _ended({"exitCode": 137, "reason": "OutOfMemoryError"}, stoppedReason=EXITED),
            f"ended with exit code 137: {EXITED} (OutOfMemoryError)",
        ),
        (_ended({}, stoppedReason="x"), "did not start: x"),
        (_ended({"exitCode": 0}, stopCode="TaskFailedToStart"), "did not start: TaskFailedToStart"),
        (_ended({"reason": "no image"}, stoppedReason="no image"), "did not start: no image"),
        ({"containers": []}, "did not start: no reason given"),
        ({"containers": [{"name": "x", "exitCode": 0}]}, "did not start: no reason given"),
    ],
    ids=str,
)
def test_only_a_container_that_ended_by_itself_with_exit_code_0_did_its_work(
    ended: Any, text: str | None
) -> None:
    assert problem(ended, "migrations") == text


@pytest.mark.parametrize("refusal", [[ROOM], FULL, QUOTA], ids=["no address", "full", "quota"])
def test_without_room_it_asks_again(refusal: Any) -> None:
    ecs = FakeTasks(refusals=[refusal, refusal], ends={102: WELL})
    lines = run(ecs)
    assert len(ecs.requests) == 3
    assert [each.endswith("; asks again") for each in lines] == [True, True, False]


def test_when_there_never_is_room_the_deadline_says_so() -> None:
    assert fails(FakeTasks(refusals=[[ROOM]] * 10**6), timeout_seconds=0.3) == [
        (
            f"{WHAT} is not done after 0.3 s: ECS has no room for it:"
            " RESOURCE:ENI (no address is left); it was not started"
        )
    ]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ([{"reason": "MISSING"}, {"reason": "X", "detail": "y"}], "MISSING; X (y)"),
        ([], "ECS gives no reason"),
        (DENIED, str(DENIED)),
    ],
    ids=["failures", "none", "denied"],
)
def test_any_other_refusal_is_final_and_told(refusal: Any, said: str) -> None:
    ecs = FakeTasks(refusals=[refusal])
    assert fails(ecs) == [f"{WHAT} was not started: {said}"]
    assert len(ecs.requests) == 1


def test_past_the_deadline_the_task_is_stopped_and_its_last_lines_are_told() -> None:
    ecs = FakeTasks()
    logs = FakeLogs({f"ecs/migrations/{100:032x}": ["waits for a lock"]})
    name = f"{100:032x}"
    assert fails(ecs, logs, timeout_seconds=0.3) == [
        f"{WHAT} is not done after 0.3 s: {name} is RUNNING; {name} was told to stop",
        f"  last lines of migrations in task {name}:",
        "    waits for a lock",
    ]
    assert ecs.calls == ["run", "stop 100: ledger-migrations: not done after 0.3 s"]


def test_a_task_that_cannot_be_stopped_is_said_to_run() -> None:
    ecs = FakeTasks()
    ecs.stop_error = client_error("AccessDeniedException", "StopTask")
    first = fails(ecs, timeout_seconds=0.3)[0]
    assert "; it may still run, and the next update takes it over: An error occurred" in first


def test_lines_that_cannot_be_read_do_not_hide_the_failure() -> None:
    class Denied(FakeLogs):
        def get_log_events(self, **_: Any) -> Json:
            raise client_error("AccessDeniedException", "GetLogEvents")

    first, second = fails(FakeTasks(ends={100: {**WELL, "exitCode": 1}}), Denied())
    assert first.startswith(f"{WHAT} ended with exit code 1")
    assert second.startswith("  what it said cannot be read: ClientError: ")


def test_an_answer_from_before_the_start_is_not_the_end() -> None:
    class Late(FakeTasks):
        def describe_tasks(self, **request: Any) -> Json:
            answer = super().describe_tasks(**request)
            late.append(answer)
            return answer if len(late) > 2 else {"tasks": []}

    late: list[Json] = []
    assert run(Late(ends={100: WELL}))[-1] == f"{WHAT} ended well"


def test_a_task_that_ecs_knows_no_more_is_a_failure() -> None:
    class Forgetful(FakeTasks):
        def describe_tasks(self, **request: Any) -> Json:
            answer = super().describe_tasks(**request)
            self.tasks = {}
            return answer

    assert fails(Forgetful()) == [f"{WHAT}: ECS does not know {100:032x} any more"]
