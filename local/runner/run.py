"""One preview, update or destroy on the engine, from its start to whatever end it takes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from pulumi.automation import EngineEvent
from pulumi.automation.errors import CommandError

from local.runner.command import EngineCommand, StoppedError
from local.runner.interrupts import Interrupts
from local.runner.program import Program
from local.runner.progress import Progress
from local.runner.tally import Tally
from local.terminal import say

End = Literal["done", "failed", "interrupted", "timed out"]
GRACE_SECONDS = 60.0  # for the steps that an interrupted engine has begun
POLL_SECONDS = 0.1
LAST_EVENTS_SECONDS = 2.0

Operation = Callable[[Callable[[EngineEvent], Any]], object]


@dataclass(kw_only=True)
class Run:
    """Carries out operations, one at a time; the first request to stop is passed on, the second kills the engine."""

    command: EngineCommand
    program: Program
    interrupts: Interrupts
    limit_seconds: float
    killed: bool = field(default=False, init=False)

    def carry_out(self, operation: Operation, tally: Tally, progress: Progress) -> End:
        """Run one operation of the Automation API on a thread of its own and wait for its end.

        An error that is not the engine's own is raised here.
        """
        errors: list[BaseException] = []
        over = threading.Event()

        def work() -> None:
            try:
                operation(tally.take)
            except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
                errors.append(error)
            finally:
                over.set()

        with self.interrupts.held():
            threading.Thread(target=work, name="engine", daemon=True).start()
            stopped = self._wait(over, progress)
        if errors and not isinstance(errors[0], CommandError | StoppedError):
            raise errors[0]
        if tally.begun.is_set() and not self.killed:
            tally.ended.wait(LAST_EVENTS_SECONDS)
        if errors and not stopped:
            tally.complain(self.command.complaint)
        return stopped or ("failed" if errors else "done")

    def _wait(self, over: threading.Event, progress: Progress) -> End | None:
        deadline = time.monotonic() + self.limit_seconds
        stopped: End | None = None
        while not over.wait(POLL_SECONDS):
            progress.show()
            late = time.monotonic() > deadline
            if stopped is None and (self.interrupts.count or late):
                stopped = "interrupted" if self.interrupts.count else "timed out"
                asked = self.interrupts.count
                deadline = time.monotonic() + GRACE_SECONDS
                say("         stopping: the engine ends what it has begun; once more kills it")
                # What a stopped program complains of is no news.
                progress.quiet = True
                self.command.interrupt()
                self.program.cancel()
            elif stopped is not None and (late or self.interrupts.count > asked):
                self.killed = True
                self.command.kill()
                over.wait(GRACE_SECONDS)
                break
        return stopped
