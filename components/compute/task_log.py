"""Where the containers of a task write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# A container's stream is `<prefix>/<container>/<task id>`.
LOG_STREAM_PREFIX: Final = "ecs"


@dataclass(frozen=True, kw_only=True)
class LogTarget:
    """A log group, and its region."""

    group: str
    region: str


def log_configuration(
    log: LogTarget, prefix: str = LOG_STREAM_PREFIX
) -> tuple[str, dict[str, str]]:
    """Driver and options of a container. It never blocks.

    With CloudWatch out of reach a payment goes through all the same, and lines past the buffer are lost.
    """
    return "awslogs", {
        "awslogs-group": log.group,
        "awslogs-region": log.region,
        "awslogs-stream-prefix": prefix,
        "max-buffer-size": "25m",
        "mode": "non-blocking",
    }
