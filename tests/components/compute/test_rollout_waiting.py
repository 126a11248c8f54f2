"""The wait for a rollout: its deadline, its end by cancelling, its progress, and what goes wrong meanwhile."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from components.compute.rollout import follow
from components.compute.rollout_watch import Pace
from tests.components.compute.fake_ecs import (
    NEW,
    FakeEcs,
    FakeLogs,
    Json,
    client_error,
    deployment,
    rollout,
    service,
    stopped,
)
from tests.components.compute.rollout_run import (
    BACK,
    BEFORE,
    DONE,
    ROLLING,
    RUNS,
    WAITS,
    fails,
    run,
)


def test_past_the_deadline_it_says_how_far_it_came() -> None:
    slow = service(deployment(NEW, "IN_PROGRESS", 5, runningCount=1, failedTasks=2), BEFORE)
    tasks = [stopped(6, reason="Task failed container health checks", app=0)]
    message = fails(FakeEcs(slow, tasks=tasks), rollout(timeout_seconds=0.5))
    assert message.splitlines() == [
        (
            "ledger: revision turnstay-staging-ledger:7 does not run after 0.5 s: 1 of 2 tasks run,"
            " 2 failed; ECS goes on by itself, and the next update waits for it again"
        ),
        "  1 task stopped: Task failed container health checks",
        f"  app of task {6:032x} has logged nothing",
    ]


def test_cancelling_ends_it_while_a_call_hangs() -> None:
    released, called = threading.Event(), threading.Event()

    def hang() -> Json:
        called.set()
        released.wait(60)
        return DONE

    async def main() -> None:
        fake: Any = FakeEcs(hang, tasks=AssertionError("nothing is read after cancelling"))
        logs: Any = FakeLogs()
        task = asyncio.create_task(follow(rollout(), ecs=fake, logs=logs, report=lambda _: None))
        await asyncio.to_thread(called.wait, 60)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert not released.is_set()

    try:
        asyncio.run(main())
    finally:
        released.set()


def test_it_tells_what_it_waits_for_while_a_call_hangs() -> None:
    lines: list[str] = []
    enough = threading.Event()

    def report(line: str) -> None:
        lines.append(line)
        if len(lines) > 3:
            enough.set()

    def hang() -> Json:
        enough.wait(60)
        return DONE

    fake: Any = FakeEcs(ROLLING, hang)
    logs: Any = FakeLogs()
    pace = Pace(first_seconds=0, longest_seconds=0, tell_seconds=0.001)
    asyncio.run(follow(rollout(), ecs=fake, logs=logs, report=report, pace=pace))
    assert f"{WAITS}0 of 2 tasks run" in lines


@pytest.mark.parametrize(
    "lost",
    [
        EndpointConnectionError(endpoint_url="https://ecs"),
        ReadTimeoutError(endpoint_url="https://ecs"),
    ],
)
def test_a_lost_connection_does_not_end_a_long_wait(lost: Exception) -> None:
    lines = run(FakeEcs(ROLLING, lost, lost, DONE))
    assert lines.count(f"ledger: ECS cannot be reached, looks again: {lost}") == 2
    assert lines[-1] == RUNS


def test_without_a_connection_from_the_start_it_fails() -> None:
    with pytest.raises(EndpointConnectionError):
        run(FakeEcs(EndpointConnectionError(endpoint_url="https://ecs")))


@pytest.mark.parametrize("answer", [{"services": []}, {"services": [{"status": "INACTIVE"}]}])
def test_a_service_that_is_gone_is_a_failure(answer: Json) -> None:
    class Gone(FakeEcs):
        def describe_services(self, **_: Any) -> Json:
            return answer

    assert "does not run: the service does not exist any more" in fails(Gone(DONE))


def test_reasons_that_cannot_be_read_do_not_hide_the_failure() -> None:
    denied = client_error("AccessDeniedException", "ListTasks")
    message = fails(FakeEcs(ROLLING, BACK, tasks=denied))
    assert message.splitlines()[0].endswith("the service is on turnstay-staging-ledger:6 instead")
    assert "  why its tasks ended cannot be read: ClientError: An error occurred (Acc" in message
