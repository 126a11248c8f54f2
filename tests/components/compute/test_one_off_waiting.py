"""The wait for a task: progress, lost connections, and cancelling, which leaves no task behind."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError

from components.compute.one_off_run import run_to_end
from components.compute.rollout_watch import Pace
from tests.components.compute.fake_ecs import AT_ONCE, FakeLogs, client_error
from tests.components.compute.fake_tasks import WELL, WHAT, FakeTasks, one_off, run
from tests.engine.recording import ROOT

CANCELLED = "stop 100: ledger-migrations: the update was cancelled"


@pytest.mark.parametrize(
    "lost",
    [
        EndpointConnectionError(endpoint_url="https://ecs"),
        ReadTimeoutError(endpoint_url="https://ecs"),
    ],
)
def test_a_lost_connection_does_not_end_a_long_wait(lost: Exception) -> None:
    looks: list[int] = []

    def lose() -> None:
        looks.append(1)
        if len(looks) in (1, 3):
            raise lost

    ecs = FakeTasks(ends={100: WELL}, looks=3)
    ecs.before_describe = lose
    lines = run(ecs)
    assert lines.count(f"{WHAT}: ECS cannot be reached, looks again") == 2
    assert lines[-1] == f"{WHAT} ended well"


def test_it_tells_what_it_waits_for_while_a_call_hangs() -> None:
    lines: list[str] = []
    enough = threading.Event()

    def report(line: str) -> None:
        lines.append(line)
        if len(lines) > 3:
            enough.set()

    ecs: Any = FakeTasks(ends={100: WELL}, looks=1)
    ecs.before_run = lambda: enough.wait(60)
    logs: Any = FakeLogs()
    pace = Pace(first_seconds=0, longest_seconds=0, tell_seconds=0.001)
    asyncio.run(run_to_end(one_off(), ecs=ecs, logs=logs, report=report, pace=pace))
    assert lines[0] == f"waits for {WHAT}: ECS has not answered yet"


def cancelled(ecs: FakeTasks, when: threading.Event, release: threading.Event | None = None) -> str:
    """Cancel a run at a moment; the text it ends with."""

    async def main() -> str:
        clients: dict[str, Any] = {"ecs": ecs, "logs": FakeLogs()}
        running = run_to_end(one_off(), **clients, report=lambda _: None, pace=AT_ONCE)
        task = asyncio.create_task(running)
        await asyncio.to_thread(when.wait, 60)
        task.cancel()
        await asyncio.sleep(0)  # it has begun to undo
        if release:
            release.set()
        with pytest.raises(asyncio.CancelledError) as found:
            await task
        return str(found.value)

    return asyncio.run(main())


def test_cancelling_stops_the_task() -> None:
    ecs, looked = FakeTasks(), threading.Event()
    ecs.before_describe = looked.set
    assert cancelled(ecs, looked) == f"{WHAT}: cancelled; {100:032x} was told to stop"
    assert ecs.calls == ["run", CANCELLED]


def test_cancelling_while_the_call_that_starts_it_hangs_stops_it_too() -> None:
    ecs, called, release = FakeTasks(), threading.Event(), threading.Event()

    def hang() -> None:
        called.set()
        release.wait(60)

    ecs.before_run = hang
    assert cancelled(ecs, called, release).endswith(f"cancelled; {100:032x} was told to stop")
    assert ecs.calls == ["run", CANCELLED]


def test_cancelling_before_anything_began_has_nothing_to_stop() -> None:
    ecs, called = FakeTasks(refusals=[[{"reason": "RESOURCE:ENI"}]] * 10**6), threading.Event()
    ecs.before_run = called.set
    assert cancelled(ecs, called) == f"{WHAT}: cancelled; it was not started"
    assert ecs.calls == []


def test_a_task_that_cannot_be_stopped_is_said_to_run_when_cancelled() -> None:
    ecs, looked = FakeTasks(), threading.Event()
    ecs.before_describe = looked.set
    ecs.stop_error = client_error("ServerException", "StopTask")
    assert "cancelled; it may still run, and the next update takes it" in cancelled(ecs, looked)


PROGRAM = """
import asyncio, os
from tests.components.compute.fake_ecs import AT_ONCE, FakeLogs
from tests.components.compute.fake_tasks import FakeTasks, one_off
from components.compute.one_off_run import run_to_end

class Loud(FakeTasks):
    def stop_task(self, **request):
        super().stop_task(**request)
        os.write(1, request["reason"].encode() + b"\\n")

async def hook(number):
    ecs = Loud()
    ecs.before_describe = lambda: os.write(1, b"runs %d\\n" % number)
    await run_to_end(one_off(), ecs=ecs, logs=FakeLogs(), report=lambda _: None, pace=AT_ONCE)

# As the engine's own host runs a program: a loop in the main thread, without asyncio's runner around it.
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
loop.run_until_complete(asyncio.gather(hook(1), hook(2), return_exceptions=True))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_tasks_of_all_gates(number: signal.Signals) -> None:
    program = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(  # noqa: S603 - this file's own program
        program, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as running:
        assert running.stdout
        seen: set[str] = set()
        while not {"runs 1\n", "runs 2\n"} <= seen:
            seen.add(running.stdout.readline())
        running.send_signal(number)
        rest = running.stdout.read().splitlines()
    assert rest.count("ledger-migrations: the update was cancelled") == 2
    assert running.returncode == 0
