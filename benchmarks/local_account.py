"""What the account on this machine costs: the first `up`, a second one, and memory, against what was promised.

Seconds depend on the machine: the promises are for two cores with the engine built.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.account.process import running
from tests.engine.recording import ROOT

MIB: Final = 2**20


@dataclass(frozen=True, kw_only=True)
class Promise:
    """The most that a stack may take."""

    first_seconds: float | None
    again_seconds: float
    memory_mib: int


PROMISES: Final = {
    "staging": Promise(first_seconds=90, again_seconds=30, memory_mib=1536),
    "prod": Promise(first_seconds=None, again_seconds=30, memory_mib=2560),
}


def main() -> None:
    """Bring each stack up in a folder of its own, twice, and take it down."""
    for stack, promise in PROMISES.items():
        with tempfile.TemporaryDirectory() as folder:
            _measure(stack, promise, Path(folder))


def _measure(stack: str, promise: Promise, folder: Path) -> None:
    try:
        first, again = _seconds("up", stack, folder), _seconds("up", stack, folder)
        memory = memory_mib(folder / stack)
    finally:
        _seconds("down", stack, folder)
    at_most = f" (at most {promise.first_seconds:.0f})" if promise.first_seconds else ""
    print(f"local account, {stack}: up {first:.0f} s{at_most}")
    print(f"  up again {again:.0f} s (at most {promise.again_seconds:.0f})")
    print(f"  account and tasks {memory} MiB (at most {promise.memory_mib})")


def _seconds(command: str, stack: str, folder: Path) -> float:
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "local", command, "--stack", stack],
        cwd=ROOT,
        env={**os.environ, "TURNSTAY_LOCAL": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"{command} of {stack} failed:\n{run.stdout}{run.stderr}")
    return time.monotonic() - started


def memory_mib(state: Path) -> int:
    """The proportional memory of the account's process and all that descend from it; Linux only."""
    account = running(state)
    if account is None:
        raise SystemExit(f"no account runs in {state}")
    family = {account.pid}
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(map(_proportional_bytes, family)) // MIB


def _parent(process: Path) -> int:
    try:
        return int(process.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
