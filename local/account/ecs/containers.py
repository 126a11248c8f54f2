"""One container of a task: a process, its log, its health."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from typing import Any, Final

from local.account.ecs.health import check_health
from local.account.ecs.logs import LogStream
from local.account.ecs.plan import Plan
from local.account.ecs.processes import Process, reader
from local.account.ecs.refusal import TaskError

Json = dict[str, Any]

STOP_TIMEOUT: Final = 30  # seconds, ECS's default
LAST_LINES: Final = 5.0  # seconds to wait for them after the end


class Container:
    """A container as DescribeTasks shows it (`shown`) and the process that it is.

    `started`, `healthy` and `ended` are what other containers of the task may depend on.
    """

    def __init__(self, shown: Json, definition: Json, changed: Callable[[], object]) -> None:
        self.shown = shown
        self.name = str(definition["name"])
        self.essential = bool(definition.get("essential", True))
        self.checked = "healthCheck" in definition
        self.started, self.healthy, self.ended = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._patience = definition.get("stopTimeout", STOP_TIMEOUT)
        self._changed = changed
        self._process: Process | None = None
        self._unwanted = False

    @property
    def health(self) -> str:
        """HEALTHY, UNHEALTHY, or UNKNOWN: no answer yet, or no check."""
        return str(self.shown["healthStatus"])

    async def run(self, plan: Plan) -> None:
        """Run from start to end; TaskError when it cannot start. `shown` has the exit code before `ended` is set."""
        async with _logged(plan.log) as output:
            try:
                self._process = await plan.start(plan.command, output)
            except OSError as error:
                raise TaskError(
                    "CannotStartContainerError: ResourceInitializationError: failed to create new container runtime"
                    f' task: exec: "{plan.command[0]}": {error.strerror or error}',
                    self.name,
                ) from error
            finally:
                os.close(output)
            if self._unwanted:
                self.kill()  # the task was stopped while the process was being made
            self._show("RUNNING")
            self.started.set()
            check = asyncio.create_task(check_health(plan, self._report))
            try:
                code = await self._process.wait()
            finally:
                check.cancel()
                await asyncio.gather(check, return_exceptions=True)
        self.shown["exitCode"] = code
        self._show("STOPPED")
        self.ended.set()

    async def stop(self) -> None:
        """Ask it to end, and make it end when it has not after its `stopTimeout`."""
        self._unwanted = True
        if not self._process or self.ended.is_set():
            return
        self._process.ask_to_end()
        try:
            await asyncio.wait_for(self.ended.wait(), self._patience)
        except TimeoutError:
            self.kill()
            await self.ended.wait()

    def kill(self) -> None:
        """End it at once."""
        if self._process:
            self._process.kill()

    def _show(self, status: str) -> None:
        self.shown["lastStatus"] = status
        self._changed()

    def _report(self, health: str) -> None:
        self.shown["healthStatus"] = health
        if health == "HEALTHY":
            self.healthy.set()
        self._changed()


@contextlib.asynccontextmanager
async def _logged(log: LogStream) -> AsyncIterator[int]:
    """Give a file descriptor to print to; what is printed is in the log in the end."""
    # A pipe of our own: asyncio's would make the end of the process wait for that of its grandchildren.
    reading, writing = os.pipe()
    stream, transport = await reader(reading)
    follower = asyncio.create_task(log.follow(stream))
    try:
        yield writing
    finally:
        await asyncio.wait([follower], timeout=LAST_LINES)
        follower.cancel()
        transport.close()
