"""Long programs that fetch or build the engine: shown while they run, ended with everything they started."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from local.engine.engine import UnavailableError
from local.terminal import say

PROGRESS_SECONDS = 15.0


def run(
    command: Sequence[str | Path],
    *,
    doing: str,
    cwd: Path,
    environment: Mapping[str, str],
    limit_seconds: float,
) -> None:
    """Run `command`; UnavailableError with its last line when it fails or takes longer than the limit.

    It gets a session of its own, which is killed when this call ends in any other way than the program's own end.
    """
    started = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            raise UnavailableError(f"{doing}: {error}") from error
        try:
            while (code := _wait(process)) is None:
                elapsed = time.monotonic() - started
                if elapsed > limit_seconds:
                    raise UnavailableError(f"{doing}: not done after {limit_seconds:.0f} s")
                say(f"engine   {doing}, {elapsed:.0f} s so far")
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if code != 0:
            output.seek(0)
            lines = [line.strip() for line in output if line.strip()]
            raise UnavailableError(f"{doing}: {lines[-1] if lines else f'ended with code {code}'}")


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    try:
        return process.wait(PROGRESS_SECONDS)
    except subprocess.TimeoutExpired:
        return None
