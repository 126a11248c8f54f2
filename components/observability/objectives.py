"""All alarms of one service, by whom it serves and what it promises."""

from __future__ import annotations

from dataclasses import dataclass

from components.observability.alarm import Alarm, Composite
from components.observability.burn_rates import burn_alarms, burn_composites
from components.observability.deployment import deployment_alarms
from components.observability.signals import (
    EDGE_AVAILABILITY,
    INTERNAL_AVAILABILITY,
    PUBLIC_AVAILABILITY,
    Signal,
    public_latency,
)
from components.observability.tables.edge import load_balancer_table
from components.observability.tables.services import mean_latency, service_table, target_table


@dataclass(frozen=True, kw_only=True)
class Definitions:
    """Alarms that are made together, and the composites over them."""

    alarms: tuple[Alarm, ...]
    composites: tuple[Composite, ...] = ()


def public_service(
    *, availability_percent: float, latency_ms: int, latency_percent: float, min_tasks: int
) -> Definitions:
    """Of a service behind the load balancer: it measures every answer and how long it took."""
    latency = public_latency(latency_ms)
    return _together(
        [(PUBLIC_AVAILABILITY, availability_percent), (latency, latency_percent)],
        (*service_table(min_tasks=min_tasks), *target_table()),
    )


def internal_service(
    *, availability_percent: float, latency_ms: int, min_tasks: int
) -> Definitions:
    """Of a service that others call: availability by its answers, latency by its mean, for AWS publishes no more."""
    return _together(
        [(INTERNAL_AVAILABILITY, availability_percent)],
        (mean_latency(latency_ms), *service_table(min_tasks=min_tasks)),
    )


def deployment(*, public: bool) -> Definitions:
    """What ECS watches while it deploys a service: a set of its own, made before the service that names it."""
    signal = PUBLIC_AVAILABILITY if public else INTERNAL_AVAILABILITY
    return Definitions(alarms=deployment_alarms(signal))


def load_balancer(*, availability_percent: float) -> Definitions:
    """Of the load balancer of all public services, by the strictest of their objectives."""
    return _together([(EDGE_AVAILABILITY, availability_percent)], load_balancer_table())


def _together(objectives: list[tuple[Signal, float]], others: tuple[Alarm, ...]) -> Definitions:
    burning = [each for signal, percent in objectives for each in burn_alarms(signal, percent)]
    above = [each for signal, percent in objectives for each in burn_composites(signal, percent)]
    return Definitions(alarms=(*burning, *others), composites=tuple(above))
