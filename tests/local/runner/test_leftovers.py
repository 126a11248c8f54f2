"""Who holds the engine's lock, and who may be signalled for it."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from local.account.identity import started
from local.errors import LocalError
from local.runner import leftovers
from local.runner.leftovers import end_leftovers, record
from local.state import State, state_of


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    monkeypatch.setattr(
        leftovers, "STEPS", ((None, 0.1), (signal.SIGINT, 0.2), (signal.SIGKILL, 5.0))
    )
    made = state_of(tmp_path, "prod")
    made.prepare()
    return made


@pytest.fixture
def held(state: State) -> Iterator[subprocess.Popen[bytes]]:
    """A process that holds the lock as an engine does, and ignores what it is asked."""
    with record(state) as (lock, note):
        program = ["sh", "-c", "trap '' INT; while :; do sleep 0.1; done"]
        process = subprocess.Popen(program, pass_fds=[lock], start_new_session=True)
        note(process.pid)
    yield process
    process.kill()
    process.wait()


def test_without_leftovers_nothing_is_lost(state: State) -> None:
    assert end_leftovers(state) is False


def test_an_engine_that_does_not_listen_is_killed(
    state: State, held: subprocess.Popen[bytes]
) -> None:
    end_leftovers(state)

    assert started(held.pid) is None


def test_a_number_that_another_process_has_by_now_is_not_signalled(
    state: State, held: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leftovers, "STEPS", ((None, 0.1), (signal.SIGKILL, 0.1)))
    noted = json.loads(state.engine_lock.read_text())
    state.engine_lock.write_text(json.dumps(noted | {"mark": "an earlier process"}))

    with pytest.raises(LocalError, match=f"does not end, process {held.pid}"):
        end_leftovers(state)

    assert held.poll() is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1'])
def test_a_note_that_was_never_finished_is_none(state: State, text: str) -> None:
    state.engine_lock.write_text(text)

    assert end_leftovers(state) is False


@pytest.mark.parametrize(("saves_once", "lost"), [(True, True), (False, False)])
def test_a_lock_without_an_owner_goes_and_tells_of_a_state_that_was_not_written(
    state: State, *, saves_once: bool, lost: bool
) -> None:
    lock = state.backend / ".pulumi/locks/organization/turnstay/prod/0b.json"
    lock.parent.mkdir(parents=True)
    lock.write_text("{}")
    state.engine_lock.write_text(json.dumps({"saves_once": saves_once}))

    assert end_leftovers(state) is lost
    assert not lock.exists()
