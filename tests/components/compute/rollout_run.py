"""A rollout that is followed to its end on an ECS whose answers are written down."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from components.compute.rollout import RolloutFailedError, follow
from components.compute.rollout_watch import Pace, Rollout
from tests.components.compute.fake_ecs import (
    AT_ONCE,
    BREAKER,
    NEW,
    OLD,
    FakeEcs,
    FakeLogs,
    deployment,
    rollout,
    service,
)

BEFORE = deployment(OLD, "COMPLETED", 1, status="ACTIVE")
ROLLING = service(deployment(NEW, "IN_PROGRESS", 5), BEFORE)
DONE = service(deployment(NEW, "COMPLETED", 5))
FAILED = deployment(NEW, "FAILED", 5, status="ACTIVE", rolloutStateReason=BREAKER, failedTasks=3)
BACK = service(deployment(OLD, "IN_PROGRESS", 6), FAILED)
WAITS = "waits for ledger: revision turnstay-staging-ledger:7: "
RUNS = "ledger: revision turnstay-staging-ledger:7 runs: 2 of 2 tasks run"


def run(
    ecs: FakeEcs, wanted: Rollout | None = None, pace: Pace = AT_ONCE, logs: Any = None
) -> list[str]:
    """Follow a rollout to its end; the lines that were reported."""
    lines: list[str] = []
    clients: dict[str, Any] = {"ecs": ecs, "logs": logs or FakeLogs()}
    asyncio.run(follow(wanted or rollout(), **clients, report=lines.append, pace=pace))
    return lines


def fails(ecs: FakeEcs, wanted: Rollout | None = None, logs: Any = None) -> str:
    with pytest.raises(RolloutFailedError) as failed:
        run(ecs, wanted, logs=logs)
    return str(failed.value)
