"""What a container prints, in CloudWatch Logs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any, Final

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.models import LogsBackend, logs_backends

from local.account.ecs.refusal import TaskError

KEPT_EVENTS: Final = (
    5_000  # of one stream; moto keeps all, and health checks alone are thousands a day
)
LINE_BYTES: Final = 256 * 1024  # the longest event
CHUNK: Final = 64 * 1024


class LogStream:
    """The stream PREFIX/CONTAINER/TASK of the log group that a container's awslogs options name.

    Without awslogs what is printed goes nowhere. The last 5,000 events are kept.
    """

    def __init__(
        self, account_id: str, region: str, container: dict[str, Any], task_id: str
    ) -> None:
        settings = container.get("logConfiguration") or {}
        options = settings.get("options") or {}
        self._backend: LogsBackend | None = None
        if settings.get("logDriver") != "awslogs":
            return
        self._backend = logs_backends[account_id][options.get("awslogs-region", region)]
        self._group = options.get("awslogs-group", "")
        self._stream = (
            f"{options.get('awslogs-stream-prefix', 'ecs')}/{container['name']}/{task_id}"
        )
        try:
            if (
                options.get("awslogs-create-group") == "true"
                and self._group not in self._backend.groups
            ):
                self._backend.create_log_group(self._group, {})
            self._backend.ensure_log_stream(self._group, self._stream)
        except ResourceNotFoundException as error:
            raise TaskError(
                "ResourceInitializationError: failed to validate logger args: failed to create Cloudwatch log stream:"
                f" ResourceNotFoundException: the log group {self._group} does not exist"
            ) from error

    async def follow(self, output: asyncio.StreamReader) -> None:
        """Log every line until the output ends."""
        rest = b""
        while chunk := await output.read(CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LINE_BYTES:
                lines, rest = [*lines, rest], b""
            self._put(lines)
        self._put([rest] if rest else [])

    def _put(self, lines: list[bytes]) -> None:
        now = time.time_ns() // 1_000_000
        events = [{"timestamp": now, "message": text} for line in lines for text in _pieces(line)]
        group = self._backend.groups.get(self._group) if self._backend else None
        stream = group.streams.get(self._stream) if group else None
        if (
            events and stream
        ):  # the group may have been deleted: then there is nowhere to log to, as on AWS
            stream.put_log_events(events)
            del stream.events[:-KEPT_EVENTS]


def _pieces(line: bytes) -> Iterator[str]:
    for start in range(0, len(line), LINE_BYTES):
        yield line[start : start + LINE_BYTES].decode(errors="replace").rstrip("\r")
