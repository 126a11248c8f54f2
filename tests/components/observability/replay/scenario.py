"""Days in the life of a service, as the metrics that AWS would publish of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.objectives import (
    Definitions,
    deployment,
    internal_service,
    load_balancer,
    public_service,
)
from tests.components.observability.replay.evaluation import replay
from tests.components.observability.replay.series import Series
from tests.engine.recording import Recording, record

DAY = 1440
BEFORE = 3 * DAY
"""Quiet days before each scenario, so that every window is full."""
PREFIX = "turnstay-test-it"
DIMENSIONS = {
    "LoadBalancer": "app/lb/1",
    "TargetGroup": "targetgroup/tg/1",
    "TargetDiscoveryName": "it",
    "ClusterName": "turnstay-test",
    "ServiceName": "it",
}
KINDS = ("public", "internal", "edge")
Share = Callable[[int], float]
"""From a minute of the scenario to a share of that minute's requests."""


def never(_: int) -> float:
    return 0.0


@cache
def alarms(kind: str, objective: float) -> Recording:
    """The alarms of one service, as the program registers them."""
    definitions = {
        "public": lambda: public_service(
            availability_percent=objective, latency_ms=2000, latency_percent=99.0, min_tasks=2
        ),
        "internal": lambda: internal_service(
            availability_percent=objective, latency_ms=500, min_tasks=2
        ),
        "edge": lambda: load_balancer(availability_percent=objective),
    }[kind]()
    if kind != "edge":
        watched = deployment(public=kind == "public").alarms
        definitions = Definitions(
            alarms=(*definitions.alarms, *watched), composites=definitions.composites
        )

    def program() -> None:
        AlarmSet(
            "it",
            AlarmSetArgs(
                prefix=PREFIX,
                definitions=definitions,
                dimensions=DIMENSIONS,
                topic_arn="arn:aws:sns:eu-west-1:111122223333:alerts",
                owner="platform",
                runbooks_url="https://example.com/runbooks",
            ),
        )

    return record(program)


def metrics(
    kind: str, length: int, *, requests: Share, bad: Share = never, slow: Share = never
) -> dict[str, Series]:
    """What is published in the quiet days and the scenario; a count of zero is not, as AWS does."""
    minutes = range(-BEFORE, length)
    total = [requests(each) for each in minutes]
    failed = [
        count * bad(each) if each >= 0 else 0.0 for each, count in zip(minutes, total, strict=True)
    ]
    quick = [100 * (1 - slow(each)) if each >= 0 else 100.0 for each in minutes]
    fine = [count - lost for count, lost in zip(total, failed, strict=True)]
    name = "HTTPCode_ELB_5XX_Count" if kind == "edge" else "HTTPCode_Target_5XX_Count"
    return {
        name: _counted(failed),
        # At the load balancer, what failed found no target and is no request of its count.
        "RequestCount": _counted(fine if kind == "edge" else total),
        "HTTPCode_Target_2XX_Count": _counted(fine),
        "TargetResponseTime": Series(
            [rank if count else None for rank, count in zip(quick, total, strict=True)], total
        ),
        "RunningTaskCount": Series([2.0] * len(total)),
        "CPUUtilization": Series([40.0] * len(total)),
        "MemoryUtilization": Series([50.0] * len(total)),
    }


def fired(
    kind: str, objective: float, length: int, series: dict[str, Series], *, step: int = 1
) -> dict[str, list[tuple[int, int]]]:
    """When each alarm spoke, in minutes of the scenario, by its own name."""
    minutes = range(BEFORE, BEFORE + length, step)
    found = replay(alarms(kind, objective), series, minutes)
    return {
        name.removeprefix(f"{PREFIX}-"): [(start - BEFORE, end - BEFORE) for start, end in times]
        for name, times in found.items()
    }


def _counted(values: list[float]) -> Series:
    return Series([each or None for each in values])
