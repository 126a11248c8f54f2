"""A project of a few resources, and runs of it in processes of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PATIENCE_SECONDS = 60.0


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.02)


@dataclass
class Tiny:
    """A project folder and the runs that were started on it."""

    root: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return self.root / ".local" / "tiny"

    @property
    def marks(self) -> Path:
        return self.root / "marks"

    def start(self, operation: str, **variables: str) -> subprocess.Popen[str]:
        run = subprocess.Popen(
            [sys.executable, "-m", "tests.local.runner.drive", operation, str(self.root)],
            cwd=ROOT,
            env={**os.environ, "TINY_MARKS": str(self.marks), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(run)
        return run

    def run(self, operation: str, **variables: str) -> tuple[int, str]:
        return self.end(self.start(operation, **variables))

    def end(self, run: subprocess.Popen[str]) -> tuple[int, str]:
        output, _ = run.communicate(timeout=PATIENCE_SECONDS)
        return run.returncode, output

    def in_hook(self, **variables: str) -> subprocess.Popen[str]:
        """Start an update and return when its hook waits."""
        run = self.start("up", TINY_WAIT="300", **variables)
        until((self.marks / "hook-began").exists, "the hook runs")
        return run


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Tiny]:
    root = tmp_path / "a project"
    (root / "infra").mkdir(parents=True)
    (root / "marks").mkdir()
    shutil.copy(Path(__file__).with_name("tiny_program.py"), root / "infra" / "__main__.py")
    (root / "Pulumi.yaml").write_text("name: tiny\nmain: infra\nruntime: python\n")
    (root / "Pulumi.tiny.yaml").write_text("config: {}\n")
    made = Tiny(root)
    yield made
    for run in made.started:
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        if run.stdout is not None:
            run.stdout.close()
