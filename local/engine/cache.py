"""The engine this project has fetched or built: one a version for all clones, outside of the tree."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from local.engine.engine import PINNED, Engine, UnavailableError, inspect
from local.terminal import say

POLL_SECONDS = 0.2


def cache_folder() -> Path:
    """Name the folder of the pinned version below the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "turnstay-platform" / "engine" / f"v{PINNED}"


def cached() -> Engine:
    """Return the engine that an earlier run left here: `install` has inspected it, so it is not started once more."""
    path = cache_folder() / "pulumi"
    if not path.is_file():
        raise UnavailableError(f"{path} does not exist yet")
    return Engine(path=path, version=PINNED)


def install(make: Callable[[Path], Path]) -> Engine:
    """Put the executable that `make(scratch folder)` returns into the cache, whole or not at all.

    Two runs make it once: the second waits for the first and takes what it made.
    """
    target = cache_folder() / "pulumi"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _alone(target.parent):
            with suppress(UnavailableError):
                return inspect(target)
            with tempfile.TemporaryDirectory(dir=target.parent, prefix="part-") as scratch:
                made = make(Path(scratch))
                inspect(made)
                made.replace(target)
    except OSError as error:
        raise UnavailableError(f"{target.parent} cannot be written: {error}") from error
    return inspect(target)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        waiting = False
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not waiting:
                    say("engine   another run is fetching it; waiting for that one")
                waiting = True
                time.sleep(POLL_SECONDS)
        # Whoever left a scratch folder was killed: this run is the only one now.
        for left in folder.glob("part-*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
