"""One process of a function, from its code to its answers."""

from __future__ import annotations

import io
import json
import select
import signal
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from local.account.leftovers import Journal, end

RUNTIME: Final = Path(__file__).with_name("runtime.py")


@dataclass(frozen=True, kw_only=True)
class Program:
    """What a copy of a function is made of; another one needs another copy."""

    arn: str
    digest: str
    handler: str
    timeout_seconds: int
    environment: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a call. `error` is None when it went well."""

    result: object
    error: Mapping[str, Any] | None
    log: tuple[str, ...]


class Copy:
    """A process that has the code of a function, and answers one event after the other."""

    def __init__(
        self,
        program: Program,
        code: bytes,
        environment: Mapping[str, str],
        folder: Path,
        journal: Journal,
    ) -> None:
        self.program, self._journal = program, journal
        unpacked = Path(tempfile.mkdtemp(dir=folder))
        with zipfile.ZipFile(io.BytesIO(code)) as packed:
            packed.extractall(unpacked)
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(RUNTIME), str(unpacked), program.handler],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd=unpacked,
            start_new_session=True,
        )
        journal.add(self._process.pid)

    @property
    def is_alive(self) -> bool:
        """Whether it can be called."""
        return self._process.poll() is None

    def call(self, event: object) -> Outcome:
        """Call it. One that takes too long is ended, and so is one that has broken."""
        assert self._process.stdin  # noqa: S101 - a pipe
        assert self._process.stdout  # noqa: S101 - a pipe
        try:
            self._process.stdin.write(json.dumps(event).encode() + b"\n")
            self._process.stdin.flush()
            limit = self.program.timeout_seconds
            ready, _, _ = select.select([self._process.stdout], [], [], limit)
            line = self._process.stdout.readline() if ready else b""
        except OSError:
            ready, line = [self._process.stdout], b""
        if not line:
            self.end()
            text = "the process has ended" if ready else f"Task timed out after {limit}.00 seconds"
            return Outcome(result=None, error={"errorMessage": text}, log=(text,))
        answer = json.loads(line)
        return Outcome(
            result=answer.get("result"), error=answer.get("error"), log=tuple(answer["log"])
        )

    def end(self) -> None:
        """End it with whatever it has started; again is no error."""
        end(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._journal.remove(self._process.pid)
