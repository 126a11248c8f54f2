"""Runs of a program, each in a process of its own, as a person starts them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 120.0  # until a test gives up; nothing is measured by it
T = TypeVar("T")


def until(look: Callable[[], T | None], what: str) -> T:
    """Look until there is something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)
    return found


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a run ended, what it said, and what it changed: `update Service web-service`."""

    code: int
    output: str
    counts: dict[str, int]
    changes: list[str]
    failed: list[str]
    saved: bool


@dataclass
class Runs:
    """Starts processes, and ends those that a failed test leaves."""

    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, module: str, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        """Start a module of the project in a session of its own."""
        process = subprocess.Popen(  # noqa: S603 - a module of this project
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT,
            env={**os.environ, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def close(self) -> None:
        """End what still runs."""
        for process in self.started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def text_of(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end of a process; its exit code and all that it still said."""
    output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    return process.returncode, output


def ended(process: subprocess.Popen[str]) -> Ended:
    """Wait for the end of a run of `tests.scenarios.drive`."""
    code, output = text_of(process)
    *_, last = output.splitlines() or [""]
    said: dict[str, Any] = json.loads(last) if last.startswith("{") else {}
    assert said, f"the run broke:\n{output}"
    return Ended(code=code, output=output, **said)
