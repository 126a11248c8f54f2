"""The rhythm of health checks: of containers, and of targets of a load balancer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

EARLY: Final = 0.1  # seconds until the first early look; each next one waits half as long again
EARLY_AT_MOST: Final = 1.0


class Verdict(StrEnum):
    """What is known of something that is checked."""

    STARTING = "STARTING"
    HEALTHY = "HEALTHY"
    UNHEALTHY = "UNHEALTHY"


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often to check (seconds), and how many answers in a row count.

    Failures in the first `grace` seconds do not count, unless there was a success before.
    """

    interval: float
    failures: int
    successes: int = 1
    grace: float = 0.0


async def watch(
    pace: Pace,
    probe: Callable[[bool], Awaitable[str | None]],
    report: Callable[[Verdict, str], object],
) -> None:
    """Check until cancelled, and report each change.

    `probe` answers what is wrong, or None; it is told whether the look is an early one. Until the first
    success there are early looks between those that are due: a good one counts, a bad one does not. So
    something that starts quickly is known to be healthy quickly, and nothing is unhealthy sooner than the
    pace says.
    """
    clock = asyncio.get_running_loop().time
    began, verdict, failures, successes, pause = clock(), Verdict.STARTING, 0, 0, EARLY
    due = began + pace.interval
    while True:
        starting = verdict is Verdict.STARTING
        await asyncio.sleep(min(pause, max(due - clock(), 0)) if starting else pace.interval)
        early = starting and clock() < due
        problem = await probe(early)
        if problem is None:
            failures, successes = 0, successes + 1
            needed = 1 if starting else pace.successes
            if verdict is not Verdict.HEALTHY and successes >= needed:
                verdict = Verdict.HEALTHY
                report(verdict, "")
            continue
        successes, pause = 0, min(pause * 1.5, EARLY_AT_MOST)
        if early:
            continue
        due += pace.interval
        failures += not (starting and clock() - began < pace.grace)
        if verdict is not Verdict.UNHEALTHY and failures >= pace.failures:
            verdict = Verdict.UNHEALTHY
            report(verdict, problem)
