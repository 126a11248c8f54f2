"""The commands as a person types them, on the real engine and a real account, with a program of a few resources."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from local.account.identity import started
from tests.local.runner.conftest import PATIENCE_SECONDS, until

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.engine


@dataclass
class Clone:
    """A project with the real settings and a tiny program."""

    root: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str, **variables: str) -> subprocess.Popen[str]:
        run = subprocess.Popen(
            [sys.executable, "-m", "local", *arguments, "--project", str(self.root)],
            cwd=ROOT,
            env={**os.environ, "TINY_MARKS": str(self.root), **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(run)
        return run

    def run(self, *arguments: str, **variables: str) -> tuple[int, str]:
        run = self.start(*arguments, **variables)
        output, _ = run.communicate(timeout=PATIENCE_SECONDS)
        return run.returncode, output

    def account(self, stack: str = "staging") -> int:
        noted = json.loads((self.root / ".local" / stack / "account.json").read_text())
        return int(noted["pid"])

    def engine(self) -> int:
        return int(json.loads((self.root / ".local/staging/engine.lock").read_text())["pid"])


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Clone]:
    (tmp_path / "Pulumi.yaml").write_text("name: turnstay\nmain: infra\nruntime: python\n")
    for name in ("Pulumi.prod.yaml", "Pulumi.staging.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "infra").mkdir()
    program = Path(__file__).parent / "runner" / "tiny_program.py"
    shutil.copy(program, tmp_path / "infra" / "__main__.py")
    made = Clone(tmp_path)
    yield made
    for run in made.started:
        run.kill()
        run.communicate()
    made.run("down")


def test_a_stack_comes_up_stays_as_it_is_and_goes_without_a_trace(clone: Clone) -> None:
    first, again = clone.run("up"), clone.run("up")
    account = clone.account()
    shown = clone.run("status")
    down = clone.run("down")

    assert [first[0], again[0], shown[0], down[0]] == [0, 0, 0, 0]
    assert "preview  8 to create in " in first[1]
    assert "up       8 created in " in first[1]
    assert "nothing changed: 8 resources\n" in again[1]
    assert f"next     make status, make preview, make down; logs: {clone.root}/.local/" in again[1]
    nothing, alerts = shown[1].splitlines()
    assert nothing == "no service runs yet"
    assert alerts.startswith("alerts   curl http://127.0.0.1:")
    assert down[1] == "staging is down: its account has ended, its state is removed\n"
    assert started(account) is None
    assert not (clone.root / ".local").exists()


def test_a_state_that_outlived_its_account_is_dropped_and_everything_made_anew(
    clone: Clone,
) -> None:
    clone.run("up")
    os.kill(clone.account(), signal.SIGKILL)

    gone, up = clone.run("status"), clone.run("up")
    file = clone.root / "Pulumi.staging.yaml"
    file.write_text(file.read_text().replace("444455556666", "123456789012"))
    other = clone.run("up")

    assert gone == (1, "staging is not up; make up brings it up\n")
    for _, output in (up, other):
        assert "went with the account they made it in: all is made anew" in output
        assert "up       8 created in " in output
    assert "it is 444455556666, the settings say 123456789012: it starts afresh" in other[1]


def test_an_account_whose_engine_was_killed_starts_afresh(clone: Clone) -> None:
    run = clone.start("up", TINY_WAIT="300")
    until((clone.root / "hook-began").exists, "the hook runs")
    account = clone.account()
    os.kill(clone.engine(), signal.SIGKILL)
    output, _ = run.communicate(timeout=PATIENCE_SECONDS)

    code, after = clone.run("up")

    assert run.returncode == 1
    assert "failed   the engine was ended by SIGKILL\n" in output
    assert "UserWarning" not in output
    assert "what was made could not be written down: the account is stopped" in output
    assert started(account) is None
    assert code == 0
    assert "up       8 created in " in after


def test_two_stacks_are_up_side_by_side_and_one_down_leaves_the_other(clone: Clone) -> None:
    runs = [clone.start("up", "--stack", stack) for stack in ("staging", "prod")]
    for run in runs:
        run.communicate(timeout=PATIENCE_SECONDS)
    accounts = {stack: clone.account(stack) for stack in ("staging", "prod")}

    clone.run("down", "--stack", "prod")

    assert [run.returncode for run in runs] == [0, 0]
    assert started(accounts["prod"]) is None
    assert started(accounts["staging"]) is not None
    assert clone.run("status")[0] == 0
    assert clone.run("status", "--stack", "prod")[0] == 1
