"""Servers of an account in the background end with it, also when it is killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.account import process
from local.account.identity import started
from local.account.postgres import unprivileged
from local.account.record import Running
from local.account.server import Account
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.workbench import Workbench, account_id, until


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder that nobody may enter too, and whose account is stopped in the end."""
    folder = unprivileged.new_folder("turnstay-test-")
    yield folder
    process.stop(folder)
    for each in folder.iterdir():
        each.unlink() if each.is_file() else each.rmdir()
    folder.rmdir()


class Found(Account):
    """An account that runs elsewhere, as the workbench knows one."""

    def __init__(self, running: Running) -> None:
        super().__init__(running.account_id, {})
        self.endpoint = running.endpoint


def database(running: Running, state: Path) -> int:
    """The process of a database that the account has made."""
    ServerRoom(Workbench(Found(running))).make()
    (file,) = (state / "tasks").iterdir()
    assert (state / "databases" / "authority.pem").exists()
    return int(file.name)


def test_an_account_that_is_stopped_ends_its_databases(state: Path) -> None:
    pid = database(process.start(state, account_id(), {}), state)
    process.stop(state)
    assert started(pid) is None
    assert not (state / "databases").exists()


def test_databases_of_a_killed_account_end_before_the_next_one_answers(state: Path) -> None:
    name = account_id()
    first = process.start(state, name, {})
    pid = database(first, state)
    os.kill(first.pid, signal.SIGKILL)
    until(lambda: process.running(state) is None, "the end of the account")
    assert started(pid) is not None
    second = process.start(state, name, {})
    assert started(pid) is None
    other = database(second, state)
    os.kill(second.pid, signal.SIGKILL)
    until(lambda: process.running(state) is None, "the end of the account")
    process.stop(state)
    assert started(other) is None
    assert not (state / "databases").exists()
