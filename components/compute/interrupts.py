"""What ^C means to a hook that has begun something in AWS."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
_waiting: Final[dict[asyncio.AbstractEventLoop, set[asyncio.Task[Any]]]] = {}


@contextmanager
def cancelled_by_signals() -> Iterator[None]:
    """Cancel the current task on the first SIGINT or SIGTERM, so that it can undo what it began.

    The engine's own process for a program dies of ^C wherever it is, without running any `finally`; kept alive, it has
    five seconds. A second signal acts as ever. Where the loop is not the main thread's (a program that runs inside
    another one), signals are the other's: it cancels the task.
    """
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    if task is None or not _listens(loop):
        yield
        return
    _waiting[loop].add(task)
    try:
        yield
    finally:
        _waiting[loop].discard(task)
        if not _waiting[loop]:
            _leave(loop)


def _listens(loop: asyncio.AbstractEventLoop) -> bool:
    if loop in _waiting:
        return True
    try:
        for each in SIGNALS:
            loop.add_signal_handler(each, _cancel_all, loop)
    except (NotImplementedError, RuntimeError, ValueError):
        return False
    _waiting[loop] = set()
    return True


def _cancel_all(loop: asyncio.AbstractEventLoop) -> None:
    for each in SIGNALS:
        loop.remove_signal_handler(each)
    for task in _waiting[loop]:
        task.cancel()


def _leave(loop: asyncio.AbstractEventLoop) -> None:
    del _waiting[loop]
    for each in SIGNALS:
        loop.remove_signal_handler(each)
