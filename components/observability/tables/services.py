"""Resource alarms of an ECS service, and of the target group of a public one."""

from __future__ import annotations

from functools import partial
from typing import Final

from components.observability.alarm import Alarm
from components.observability.signals import ALB, CALLED, ECS, TARGETS
from components.observability.tables.row import row

SERVICE: Final = ("ClusterName", "ServiceName")
INSIGHTS: Final = "ECS/ContainerInsights"


def service_table(*, min_tasks: int) -> tuple[Alarm, ...]:
    """Fifteen minutes of saturation: autoscaling had its time and did not help."""
    saturated = partial(
        row, runbook="service-saturated", namespace=ECS, dimensions=SERVICE, stat="Average"
    )
    return (
        saturated(
            "cpu",
            "The tasks use more than 80 % of their CPU, and autoscaling does not help.",
            metric="CPUUtilization",
            threshold=80,
            periods=15,
            missing="notBreaching",  # a service that is gone is the business of `tasks`
        ),
        saturated(
            "memory",
            "The tasks use more than 90 % of their memory; at 100 % they are killed.",
            metric="MemoryUtilization",
            threshold=90,
            periods=15,
            missing="notBreaching",
        ),
        row(
            "tasks",
            f"Fewer than {min_tasks} tasks run.",
            runbook="tasks-missing",
            namespace=INSIGHTS,
            metric="RunningTaskCount",
            dimensions=SERVICE,
            stat="Average",
            comparison="LessThanThreshold",
            threshold=min_tasks,
            missing="breaching",  # without a task there is no metric
        ),
    )


def target_table() -> tuple[Alarm, ...]:
    """What the load balancer sees of a public service's tasks."""
    seen = partial(row, runbook="targets-unhealthy", namespace=ALB, dimensions=TARGETS)
    return (
        seen(
            "unhealthy-targets",
            "The load balancer has called a task unhealthy for five minutes.",
            metric="UnHealthyHostCount",
            stat="Maximum",
            threshold=0,
            missing="notBreaching",
        ),
        seen(
            "connection-errors",
            "The load balancer cannot connect to tasks.",
            metric="TargetConnectionErrorCount",
            stat="Sum",
            threshold=0,
            missing="notBreaching",
        ),
    )


def mean_latency(latency_ms: int) -> Alarm:
    """All that can be said of an internal service's latency: Service Connect publishes no distribution, only its mean."""
    return row(
        "mean-latency",
        f"Calls from other services wait longer than {latency_ms} ms on average.",
        runbook="latency",
        namespace=ECS,
        metric="TargetResponseTime",
        dimensions=CALLED,
        stat="Average",
        threshold=latency_ms,
        periods=15,
        missing="notBreaching",
    )
