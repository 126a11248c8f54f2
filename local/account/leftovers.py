"""Processes of tasks that outlive an account which was killed, and their end."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.account.identity import is_alive, started

PATIENCE: Final = 2.0  # seconds a left-over process has to end by itself
FOLDER: Final = "tasks"


@dataclass(frozen=True)
class Journal:
    """Which process groups run for the account: one file each, named by number, holding its mark.

    Without a folder nothing is kept; an account inside a test needs none.
    """

    folder: Path | None = None

    def add(self, group: int) -> None:
        """Remember a process group from its start on."""
        if self.folder:
            self.folder.mkdir(
                exist_ok=True
            )  # not its parent: a state folder that was removed stays so
            (self.folder / str(group)).write_text(started(group) or "")

    def remove(self, group: int) -> None:
        """Forget a process group that has ended."""
        if self.folder:
            with contextlib.suppress(OSError):  # the state folder may be gone already
                (self.folder / str(group)).unlink()

    def sweep(self) -> int:
        """End every process group that is still remembered, and say how many were running.

        A group is ended only when its first process is the one that was remembered, by its start time:
        numbers are given again.
        """
        files = list(self.folder.iterdir()) if self.folder and self.folder.is_dir() else []
        found = {int(file.name): file.read_text() for file in files if file.name.isdigit()}
        running = {group: mark for group, mark in found.items() if is_alive(group, mark)}
        for group in running:
            end(group, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        while _alive(running) and time.monotonic() < deadline:
            time.sleep(0.05)
        for group, mark in running.items():
            # Also when its first process has ended meanwhile: others of the group may have stayed.
            if started(group) in (None, mark):
                end(group, signal.SIGKILL)
        while _alive(running) and time.monotonic() < deadline + PATIENCE:
            time.sleep(0.02)
        for group in found:
            self.remove(group)
        return len(running)


def end(group: int, number: signal.Signals) -> None:
    """Signal a process group; one that has ended is no error."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)


def _alive(groups: dict[int, str]) -> bool:
    return any(is_alive(group, mark) for group, mark in groups.items())
