"""One command at a time on one stack of one clone."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from local.errors import LocalError
from local.state import State


@contextmanager
def alone(state: State, command: str) -> Iterator[None]:
    """Hold the stack for `command`; LocalError at once when another command has it.

    The kernel gives the lock back when its owner ends, however that happens: no lock is ever left behind.
    """
    file = _locked(state)
    try:
        file.truncate(0)
        file.write(f"{command}, process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        file.flush()
        yield
    finally:
        file.close()


def _locked(state: State) -> IO[str]:
    while True:
        state.prepare()
        file = state.run_lock.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read() or "another command"
            file.close()
            raise LocalError(
                f"{state.stack} is in use by {holder}; wait for it or stop it"
            ) from None
        # `down` removes the folder, this file with it: a lock on a file that is no longer there guards nothing.
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(file.fileno()), state.run_lock.stat()):
                return file
        file.close()
