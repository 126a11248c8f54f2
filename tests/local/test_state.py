from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from local.errors import LocalError
from local.lock import alone
from local.state import existing, state_of


def test_each_stack_of_each_clone_has_a_folder_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TURNSTAY_LOCAL", raising=False)
    clones = [tmp_path / "one", tmp_path / "two"]
    assert len({state_of(c, s).folder for c in clones for s in ("prod", "staging")}) == 4
    assert state_of(clones[0], "prod").folder == tmp_path / "one/.local/prod"

    monkeypatch.setenv("TURNSTAY_LOCAL", str(tmp_path / "elsewhere"))
    assert state_of(clones[0], "prod").folder == tmp_path / "elsewhere/prod"


def test_the_passphrase_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    state = state_of(tmp_path, "prod")
    state.prepare()

    made = state.passphrase

    assert len(made) > 30
    assert made == state.passphrase
    assert (state.folder / "passphrase").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_cannot_be_made_is_a_message_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / ".local").write_text("a file where the folder should be")

    with pytest.raises(LocalError, match=r"\.local/prod cannot be written to: .*TURNSTAY_LOCAL"):
        state_of(tmp_path, "prod").prepare()


def test_only_folders_of_stacks_count_as_such(tmp_path: Path) -> None:
    assert existing(tmp_path) == []
    state_of(tmp_path, "prod").prepare()
    (tmp_path / ".local" / "notes").mkdir()

    assert [each.stack for each in existing(tmp_path)] == ["prod"]


def test_a_second_command_on_the_same_stack_is_told_who_has_it_and_another_stack_is_free(
    tmp_path: Path,
) -> None:
    with alone(state_of(tmp_path, "prod"), "up"):
        second = alone(state_of(tmp_path, "prod"), "destroy")
        with pytest.raises(LocalError, match=r"^prod is in use by up, process \d+, since \d\d:"):
            second.__enter__()
        with alone(state_of(tmp_path, "staging"), "up"):
            pass
    with alone(state_of(tmp_path, "prod"), "up"):
        pass


def test_a_killed_command_leaves_no_lock(tmp_path: Path) -> None:
    program = (
        "import os, signal; from pathlib import Path;"
        "from local.lock import alone; from local.state import state_of;"
        f"alone(state_of(Path({str(tmp_path)!r}), 'prod'), 'up').__enter__();"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -9

    with alone(state_of(tmp_path, "prod"), "up"):
        pass


def test_a_lock_on_a_file_that_was_removed_meanwhile_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_of(tmp_path, "prod")
    flock, calls = fcntl.flock, []

    def after_a_down(file: IO[str], operation: int) -> None:
        calls.append(operation)
        if len(calls) == 1:  # the other command's `down` ends between this one's open and its lock
            shutil.rmtree(state.folder)
        flock(file, operation)

    monkeypatch.setattr(fcntl, "flock", after_a_down)

    with alone(state, "up"):
        assert state.run_lock.read_text().startswith("up, process ")
        assert len(calls) == 2
