"""Tell a process from a later one that was given the same number."""

from __future__ import annotations

import functools
import subprocess
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
STATE, START_TIME = (
    0,
    19,
)  # places in /proc/PID/stat after the parenthesised name (proc_pid_stat(5))


def started(pid: int) -> str | None:
    """Say when a process started, as a mark no other process has; None when it no longer runs.

    A process that has ended but was not yet waited for counts as ended.
    """
    return _from_proc(pid) if (PROC / "self").exists() else _from_ps(pid)


def is_alive(pid: int, mark: str) -> bool:
    """Whether the very process that was marked still runs."""
    return bool(mark) and started(pid) == mark


def _from_proc(pid: int) -> str | None:
    try:
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if fields[STATE] in "ZX" else f"{_boot()}:{fields[START_TIME]}"


@functools.cache
def _boot() -> str:
    # The start time counts from the boot: two boots could give the same number for the same pid.
    return (PROC / "sys/kernel/random/boot_id").read_text().strip()


def _from_ps(pid: int) -> str | None:
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    shown = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    state, _, start = shown.strip().partition(" ")
    return start.strip() if start and not state.startswith("Z") else None
