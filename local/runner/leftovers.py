"""What a killed run left behind: an engine without its runner, a lock without its owner, a state never written."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import IO

from local.account.identity import is_alive, started
from local.errors import LocalError
from local.state import State

# An engine whose runner is gone ends by itself within a second; then it is asked, then it is killed.
STEPS: tuple[tuple[signal.Signals | None, float], ...] = (
    (None, 2.0),
    (signal.SIGINT, 10.0),
    (signal.SIGKILL, 10.0),
)
POLL_SECONDS = 0.05


@dataclass(frozen=True, kw_only=True)
class Noted:
    """The engine that was started last, and whether it writes its state only at its end."""

    pid: int = 0
    mark: str = ""
    saves_once: bool = False


@contextmanager
def record(state: State) -> Iterator[tuple[int, Callable[[int], None]]]:
    """Lend the lock that a started engine inherits, and note in it who that is and how it saves.

    The engine and all it starts hold the lock as long as one of them lives, and no longer.
    """
    with state.engine_lock.open("a+") as file:
        # Shared: the providers of one command may still be ending when the next one starts.
        fcntl.flock(file, fcntl.LOCK_SH)

        def note(pid: int) -> None:
            saves_once = "PULUMI_SKIP_CHECKPOINTS" in os.environ
            noted = Noted(pid=pid, mark=started(pid) or "", saves_once=saves_once)
            file.truncate(0)
            file.write(json.dumps(asdict(noted)))
            file.flush()

        yield file.fileno(), note


def end_leftovers(state: State) -> bool:
    """End an engine that an earlier run left, and clear its lock on the stack.

    Return whether the state it was to write is lost. Only for the holder of the stack's run lock.
    """
    with state.engine_lock.open("a+") as file:
        noted = _read(file)
        if not _released(file, noted):
            raise LocalError(
                f"an engine of an earlier run does not end, process {noted.pid}; end it by hand"
            )
    # An engine that ends by itself, however badly the update went, writes its state and removes its lock.
    locks = list((state.backend / ".pulumi" / "locks").rglob("*.json"))
    for path in locks:
        path.unlink()
    return bool(locks) and noted.saves_once


def _read(file: IO[str]) -> Noted:
    file.seek(0)
    try:
        return Noted(**json.loads(file.read()))
    except (ValueError, TypeError):
        return Noted()  # the first run, or one that was killed in between


def _released(file: IO[str], noted: Noted) -> bool:
    for number, patience in STEPS:
        if number is not None and is_alive(noted.pid, noted.mark):
            with suppress(ProcessLookupError):
                os.kill(noted.pid, number)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    break
                time.sleep(POLL_SECONDS)
            else:
                return True
    return False
