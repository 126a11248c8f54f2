"""The account in the background: it starts once, ends when told, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from local.account import process
from local.account.errors import AccountError
from local.account.identity import started
from local.account.leftovers import Journal
from local.account.record import Running
from local.account.server import Account
from tests.local.account.workbench import SLEEP, TINY, Workbench, account_id, until

IMAGES = {"^tiny[:@]": TINY}


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """A state folder whose account is stopped in the end, whatever happens."""
    folder = tmp_path / "state"
    yield folder
    process.stop(folder)


class Found(Account):
    """An account that runs elsewhere, as the workbench knows one."""

    def __init__(self, running: Running) -> None:
        super().__init__(running.account_id, {})
        self.endpoint = running.endpoint


def sleeper(running: Running, state: Path) -> int:
    """The process of a task that the account has started."""
    bench = Workbench(Found(running)).prepare()
    bench.wait(bench.run({"command": SLEEP}), "RUNNING")
    (file,) = (state / "tasks").iterdir()
    pid = int(file.name)
    assert started(pid) == file.read_text()
    return pid


def is_gone(pid: int) -> bool:
    """Whether a process has ended."""
    return started(pid) is None


def test_it_starts_once_and_ends_with_all_its_tasks(state: Path) -> None:
    name = account_id()
    first = process.start(state, name, IMAGES)
    assert process.start(state, name, IMAGES) == first == process.running(state)
    said = json.loads((state / "account.json").read_text())
    assert {"pid", "endpoint", "boot_id", "source_digest"} <= said.keys()
    assert os.getsid(first.pid) == first.pid  # a session of its own: no terminal's end reaches it
    pid = sleeper(first, state)
    assert process.stop(state)
    assert is_gone(first.pid)
    assert is_gone(pid)
    assert process.running(state) is None
    assert not (state / "account.json").exists()
    assert not list((state / "tasks").iterdir())
    assert not process.stop(state)


def test_a_killed_account_leaves_nothing_that_stops_the_next(state: Path) -> None:
    name = account_id()
    first = process.start(state, name, IMAGES)
    pid = sleeper(first, state)
    os.kill(first.pid, signal.SIGKILL)
    until(lambda: process.running(state) is None, "the end of the account")
    assert not is_gone(pid)
    second = process.start(state, name, IMAGES)
    assert is_gone(pid)
    assert second.boot_id != first.boot_id


def test_stopping_ends_what_a_killed_account_left(state: Path) -> None:
    first = process.start(state, account_id(), IMAGES)
    pid = sleeper(first, state)
    os.kill(first.pid, signal.SIGKILL)
    until(lambda: process.running(state) is None, "the end of the account")
    assert not process.stop(state)
    assert is_gone(pid)


def test_a_number_that_belongs_to_somebody_else_by_now_is_left_alone(state: Path) -> None:
    stale = {"process_mark": "another boot:1", "endpoint": "http://127.0.0.1:1", "boot_id": "x"}
    with subprocess.Popen(SLEEP, start_new_session=True) as stranger:
        (state / "tasks").mkdir(parents=True)
        (state / "tasks" / str(stranger.pid)).write_text("another boot:1")
        said = {
            "pid": stranger.pid,
            "account_id": "1" * 12,
            "images": {},
            "source_digest": "",
            **stale,
        }
        (state / "account.json").write_text(json.dumps(said))
        assert process.running(state) is None
        assert not process.stop(state)
        with pytest.raises(subprocess.TimeoutExpired):
            stranger.wait(0.3)
        stranger.kill()


def test_it_ends_by_itself_when_its_folder_disappears(state: Path) -> None:
    running = process.start(state, account_id(), IMAGES)
    pid = sleeper(running, state)
    shutil.rmtree(state)
    until(lambda: is_gone(running.pid) and is_gone(pid), "the end of the account")


def test_two_that_start_at_the_same_time_are_one(state: Path) -> None:
    name = account_id()
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: process.start(state, name, IMAGES), range(2))
    assert first == second


def test_one_for_another_account_is_not_taken(state: Path) -> None:
    running = process.start(state, account_id(), IMAGES)
    with pytest.raises(AccountError, match=f"that runs .process {running.pid}. .* stop it first"):
        process.start(state, account_id(), IMAGES)


def test_one_that_cannot_start_says_why_with_the_end_of_its_log(state: Path) -> None:
    with pytest.raises(
        AccountError, match=r"ended with code 1.*account\.log(.|\n)*/none is not a folder"
    ):
        process.start(state, account_id(), {"x": Path("/none")})


def test_one_that_does_not_answer_in_time_is_ended(state: Path) -> None:
    with pytest.raises(AccountError, match="does not answer after 0 s"):
        process.start(state, account_id(), IMAGES, timeout_seconds=0)
    assert process.running(state) is None


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AccountError, match="file/state cannot be written to"):
        process.start(tmp_path / "file" / "state", account_id(), IMAGES)


def test_a_state_folder_that_was_removed_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Journal(tmp_path / "gone" / "tasks").add(os.getpid())
    assert not (tmp_path / "gone").exists()
