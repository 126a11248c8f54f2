"""A process of a container, with everything it starts."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from local.account.leftovers import Journal, end


class Process:
    """A running command in a process group of its own, remembered in the journal until it has ended."""

    def __init__(self, process: asyncio.subprocess.Process, journal: Journal) -> None:
        self._process, self._journal = process, journal
        self._code: int | None = None

    @classmethod
    async def start(
        cls,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        journal: Journal,
        output: int = asyncio.subprocess.DEVNULL,
    ) -> Self:
        """Start it with exactly this environment; OSError when there is no such program.

        What it prints goes to the file descriptor `output`.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            env=environment,
            cwd=folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            journal.add(process.pid)
        except OSError:
            # A process that nobody would find after a crash must not run.
            end(process.pid, signal.SIGKILL)
            await process.wait()
            raise
        return cls(process, journal)

    async def wait(self) -> int:
        """Wait for its end and return its exit code, for a signal N 128 + N.

        What it has started and left running ends with it, as in a container.
        """
        code = await self._process.wait()
        if self._code is None:  # once: the number may belong to somebody else later
            self._code = code if code >= 0 else 128 - code
            end(self._process.pid, signal.SIGKILL)
            self._journal.remove(self._process.pid)
        return self._code

    def ask_to_end(self) -> None:
        """Send SIGTERM to the command itself; as in a container, what it has started gets none."""
        if self._process.returncode is None:
            # Not by the process object: it would look for the exit code itself and take it from asyncio,
            # which then reports 255.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End all of it at once, unless it has ended."""
        if self._process.returncode is None:
            end(self._process.pid, signal.SIGKILL)


async def reader(descriptor: int) -> tuple[asyncio.StreamReader, asyncio.ReadTransport]:
    """Read a pipe in the event loop; close the transport in the end."""
    stream = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(stream), os.fdopen(descriptor, "rb", 0)
    )
    return stream, transport
