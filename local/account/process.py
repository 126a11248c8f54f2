"""Start, find and stop the account that belongs to a state folder."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from local.account import record
from local.account.errors import AccountError
from local.account.leftovers import FOLDER, Journal
from local.account.rds.place import clear
from local.account.record import Running

PROJECT: Final = Path(__file__).parents[2]
LOG: Final = "account.log"
SHOWN_LINES: Final = 15  # of the log, in an error
INHERITED: Final = (
    "PATH",
    "HOME",
    "TMPDIR",
    "LANG",
    "LC_ALL",
    "LOCAL_PG_BIN",
)  # never AWS_*, MOTO_* or PYTHON*
# boto3 inside moto looks at nobody's profile and asks no metadata service.
ALONE: Final = {
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
START_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0
# Kept so that a process started here is waited for here when it ends, and never warned about before.
_children: dict[int, subprocess.Popen[bytes]] = {}


def running(state: Path) -> Running | None:
    """Return the account of the state folder, if it runs."""
    return record.alive(record.read(state))


def start(
    state: Path, account_id: str, images: Mapping[str, Path], timeout_seconds: float = START_SECONDS
) -> Running:
    """Return the running account of the state folder, which is started if there is none.

    It outlives this process and its terminal. Tasks that an earlier one left behind when it was killed
    have ended before the new one answers. AccountError when it does not answer in time, with the end of
    its log, and when the one that runs is for another account or other images.
    """
    with _alone(state):
        if found := running(state):
            return _same(found, account_id, images)
        record.remove(state)
        child = _spawn(state, account_id, images)
        deadline = time.monotonic() + timeout_seconds
        while child.poll() is None:
            found = running(state)
            if found and found.pid == child.pid:
                _children[child.pid] = child
                return found
            if time.monotonic() > deadline:
                child.kill()
                child.wait()
                raise AccountError(
                    f"the local account does not answer after {timeout_seconds:.0f} s{_tail(state)}"
                )
            time.sleep(0.02)
        raise AccountError(f"the local account ended with code {child.returncode}{_tail(state)}")


def stop(state: Path, timeout_seconds: float = STOP_SECONDS) -> bool:
    """End the account of the state folder with all its tasks and databases, and say whether one was running."""
    if not state.is_dir():
        return False
    with _alone(state):
        found = running(state)
        if found:
            _end(found, signal.SIGTERM, timeout_seconds)
            _end(found, signal.SIGKILL, timeout_seconds)
        Journal(state / FOLDER).sweep()
        clear(state)
        record.remove(state)
        return found is not None


def _end(found: Running, number: signal.Signals, patience: float) -> None:
    deadline = time.monotonic() + patience
    if record.alive(found):
        with suppress(ProcessLookupError):
            os.kill(found.pid, number)
    while record.alive(found) and time.monotonic() < deadline:
        if child := _children.get(found.pid):
            child.poll()
        time.sleep(0.02)


def _spawn(state: Path, account_id: str, images: Mapping[str, Path]) -> subprocess.Popen[bytes]:
    table = json.dumps({pattern: str(folder) for pattern, folder in images.items()})
    command = [sys.executable, "-m", "local.account", "--state", str(state)]
    command += ["--account-id", account_id, "--images", table]
    environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | ALONE
    with (state / LOG).open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # neither Ctrl-C nor the end of the terminal reaches it
        )


def _same(found: Running, account_id: str, images: Mapping[str, Path]) -> Running:
    wanted = {pattern: str(folder) for pattern, folder in images.items()}
    if (found.account_id, found.images) != (account_id, wanted):
        raise AccountError(
            f"the local account that runs (process {found.pid}) is {found.account_id} with images"
            f" {dict(found.images)}, not {account_id} with {wanted}; stop it first"
        )
    return found


def _tail(state: Path) -> str:
    with suppress(OSError):
        lines = (state / LOG).read_text(errors="replace").splitlines()[-SHOWN_LINES:]
        if lines:
            return f"; the end of {state / LOG}:\n" + "\n".join(f"  {line}" for line in lines)
    return f"; {state / LOG} is empty"


@contextmanager
def _alone(state: Path) -> Iterator[None]:
    # Two commands at the same time must not start two accounts. The kernel drops the lock with its owner.
    try:
        state.mkdir(parents=True, exist_ok=True)
        lock = (state / "account.lock").open("a")
    except OSError as error:
        raise AccountError(f"{state} cannot be written to: {error.strerror}") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
