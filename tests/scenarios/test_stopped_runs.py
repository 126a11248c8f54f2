"""Whatever stops a run in the middle of a release, the next one completes it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.account.identity import is_alive
from tests.scenarios.runs import text_of, until
from tests.scenarios.small_stack import BROKEN, SmallStack

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """A stack that is not up yet. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("stopped") / "small") as stack:
        yield stack


def waiting(small: SmallStack, tag: str) -> subprocess.Popen[str]:
    """A run in the middle of a release whose gate waits for as long as the test wants."""
    small.build(f"web:{tag}", BROKEN / "patient")
    small.deploy(web=tag, ledger="1")
    log = small.state.logs / "up.log"
    log.unlink(missing_ok=True)
    run = small.start("up")
    said = re.compile("web-rollout-revision (creating|updating)")
    until(lambda: log.exists() and said.search(log.read_text()), "the gate to wait")
    return run


def let_it_come_up(small: SmallStack, tag: str) -> None:
    (small.folder(f"web:{tag}") / "ready").touch()


def assert_released(small: SmallStack, revision: str) -> None:
    newest = small.view.newest("web")
    assert newest["taskDefinition"].endswith(f":{revision}")
    assert newest["rolloutState"] == "COMPLETED"


def engine_is_gone(small: SmallStack) -> bool:
    """Whether the engine and every provider that it started have ended: each of them holds the lock while it lives."""
    with small.state.engine_lock.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def locks(small: SmallStack) -> list[Path]:
    return list((small.state.backend / ".pulumi" / "locks").rglob("*.json"))


def test_when_run_and_engine_are_killed_the_next_run_makes_all_anew_and_no_task_is_left(
    small: SmallStack,
) -> None:
    run = waiting(small, "1")
    engine = json.loads(small.state.engine_lock.read_text())["pid"]
    tasks = {int(each.name): each.read_text() for each in (small.state.folder / "tasks").iterdir()}
    for pid in (run.pid, engine):
        os.kill(pid, signal.SIGKILL)
    run.wait()
    let_it_come_up(small, "1")

    result = small.up()

    assert "the last run was killed before it wrote down what it had made" in result.output
    assert set(result.counts) == {"create"}
    assert tasks
    assert not any(is_alive(*each) for each in tasks.items())
    assert_released(small, "1")


def test_an_interrupted_run_ends_in_order_and_the_next_one_completes_the_release(
    small: SmallStack,
) -> None:
    run = waiting(small, "2")
    run.send_signal(signal.SIGINT)

    code, output = text_of(run)
    let_it_come_up(small, "2")
    result = small.up()

    assert code == 130
    assert "Traceback" not in output
    assert "failed  " not in output
    assert locks(small) == []
    assert result.changes == ["update Stash web-rollout-revision"]
    assert_released(small, "2")


def test_a_killed_run_leaves_no_process_and_the_next_one_completes_the_release(
    small: SmallStack,
) -> None:
    run = waiting(small, "3")
    assert not engine_is_gone(small)
    run.kill()

    until(lambda: engine_is_gone(small), "the end of the engine and its providers")
    let_it_come_up(small, "3")
    result = small.up()

    assert result.changes == ["update Stash web-rollout-revision"]
    assert_released(small, "3")
