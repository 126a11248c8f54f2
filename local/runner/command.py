"""The engine's CLI as the Automation API uses it, in a session of its own and out of the terminal's reach."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from pulumi.automation import CommandResult, PulumiCommand
from pulumi.automation.errors import create_command_error

from local.engine.engine import Engine
from local.runner.leftovers import record
from local.state import State

OnOutput = Callable[[str], Any]


class StoppedError(Exception):
    """The run was asked to stop, so the engine is not started once more."""


class EngineCommand(PulumiCommand):
    """Runs the CLI so that the runner alone decides which signals reach it.

    Its output goes to a file, never through a pipe to this process: an engine whose runner was killed can still end
    its steps, write its state and give back its lock.
    """

    def __init__(self, engine: Engine, state: State) -> None:
        # The base class would look for an installation of its own.
        self.command = str(engine.path)
        self.version = engine.version
        self.complaint = ""  # what the last command that failed gave as the reason
        self.extra: list[str] = (
            []
        )  # arguments of the next long command that the Automation API has no word for
        self._state = state
        self._guard = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._stopped = False

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: OnOutput | None = None,
        on_error: OnOutput | None = None,
    ) -> CommandResult:
        """Run one command of the CLI to its end; the Automation API's error when it fails."""
        del on_output, on_error  # what the engine has to tell comes as events
        long = "--event-log" in args
        args = [*args, *(self.extra if long else [])]
        stem = args[0] if long else "engine"
        out, err = self._state.logs / f"{stem}.log", self._state.logs / f"{stem}.err"
        with out.open("w") as stdout, err.open("w") as stderr:
            process = self._start(
                args,
                cwd=cwd,
                env={**os.environ, **additional_env, "PULUMI_AUTOMATION_API": "true"},
                stdout=stdout,
                stderr=stdout if long else stderr,
            )
            code = process.wait()
        result = CommandResult(
            out.read_text(errors="replace"), err.read_text(errors="replace"), code
        )
        if code != 0:
            self.complaint = _complaint(result)
            raise create_command_error(result)
        return result

    def _start(self, args: list[str], **options: Any) -> subprocess.Popen[str]:  # noqa: ANN401
        with self._guard, record(self._state) as (lock, note):
            if self._stopped:
                raise StoppedError
            self._process = subprocess.Popen(
                [self.command, "--non-interactive", *args],
                stdin=subprocess.DEVNULL,
                text=True,
                start_new_session=True,
                pass_fds=[lock],
                **options,
            )
            note(self._process.pid)
            return self._process

    def interrupt(self) -> None:
        """Ask the engine once to end what it has begun and begin nothing more."""
        self._signal(signal.SIGINT)

    def kill(self) -> None:
        """End the engine now, whatever it does."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with self._guard:
            self._stopped = True
            process = self._process
            if process is not None and process.poll() is None:
                with suppress(ProcessLookupError):
                    process.send_signal(number)


def _complaint(result: CommandResult) -> str:
    if result.code < 0:
        return f"the engine was ended by {signal.Signals(-result.code).name}"
    lines = [line for line in (result.stdout + "\n" + result.stderr).splitlines() if line.strip()]
    errors = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    return "\n".join(errors or lines[-1:]) or f"the engine ended with code {result.code}"
