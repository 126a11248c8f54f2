"""What the servers report, in CloudWatch Logs."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from moto.logs.exceptions import ResourceAlreadyExistsException
from moto.logs.models import logs_backends

PAUSE_SECONDS: Final = 0.5
KEPT_EVENTS: Final = 5_000  # of one stream; moto keeps all
CHUNK: Final = 1024 * 1024
CONTINUED: Final = "\t"  # how PostgreSQL begins the further lines of an entry


@dataclass
class Followed:
    """A log file, where it goes, and how much of it has gone there."""

    path: Path
    region: str
    group: str
    stream: str
    position: int = 0


class LogShipping:
    """Copies log files to log groups of one account, each entry an event, until it is stopped.

    A group that is not there is made, as RDS makes it: without an end, and in the way of who makes it later.
    """

    def __init__(self, account_id: str) -> None:
        self._account_id = account_id
        self._followed: dict[Path, Followed] = {}
        self._lock, self._ended = threading.Lock(), threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, path: Path, region: str, group: str, instance: str) -> None:
        """Begin with a file, at its beginning; one that is followed stays so."""
        with suppress(ResourceAlreadyExistsException):
            logs_backends[self._account_id][region].create_log_group(group, {})
        with self._lock:
            self._followed.setdefault(path, Followed(path, region, group, f"{instance}.0"))
            if not self._thread:
                self._thread = threading.Thread(target=self._run, name="rds-logs", daemon=True)
                self._thread.start()

    def drop(self, path: Path) -> None:
        """End with a file, which is still there, once it is copied to its end."""
        with self._lock:
            if followed := self._followed.pop(path, None):
                self._copy(followed)

    def stop(self) -> None:
        """End."""
        self._ended.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(PAUSE_SECONDS):
            with self._lock:
                for each in self._followed.values():
                    self._copy(each)

    def _copy(self, followed: Followed) -> None:
        with suppress(OSError), followed.path.open("rb") as file:
            file.seek(followed.position)
            while chunk := file.read(CHUNK):
                whole = chunk[: chunk.rfind(b"\n") + 1] or chunk
                followed.position += len(whole)
                file.seek(followed.position)
                self._put(followed, entries(whole.decode(errors="replace")))

    def _put(self, followed: Followed, found: list[str]) -> None:
        backend = logs_backends[self._account_id][followed.region]
        if followed.group not in backend.groups:
            return  # deleted meanwhile
        backend.ensure_log_stream(followed.group, followed.stream)
        stream = backend.groups[followed.group].streams[followed.stream]
        now = time.time_ns() // 1_000_000
        stream.put_log_events([{"timestamp": now, "message": each} for each in found])
        del stream.events[:-KEPT_EVENTS]


def entries(text: str) -> list[str]:
    """Split what was reported into entries; one may have several lines."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith(CONTINUED) and found:
            found[-1] += f"\n{line}"
        elif line:
            found.append(line)
    return found
