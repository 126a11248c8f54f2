"""What watches a service, by the type and the name of each resource; none of it is there before the first image."""

from __future__ import annotations

from stacks.catalogue import Service
from tests.engine.platform import settings_of

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
DASHBOARD = "aws:cloudwatch/dashboard:Dashboard"
FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
WINDOWS = ("fast-long", "fast-short", "steady-long", "steady-short", "slow-long", "slow-short")
SATURATION = ("cpu", "memory", "tasks")
OF_PUBLIC = ("unhealthy-targets", "connection-errors")


def watching(stack: str, slug: str, service: Service) -> set[tuple[str, str]]:
    """The alarms, the composites over them, the dashboard, and the money flow where the settings wait for one."""
    public = service.exposure == "public"
    objectives = ("availability", "latency") if public else ("availability",)
    alarms = [*SATURATION, *(OF_PUBLIC if public else ["mean-latency"])]
    alarms += [f"{objective}-{window}" for objective in objectives for window in WINDOWS]
    found = {(ALARM, f"{slug}-alarms-{each}") for each in alarms}
    found |= {
        (COMPOSITE, f"{slug}-alarms-{objective}-{severity}")
        for objective in objectives
        for severity in ("page", "ticket")
    }
    found |= {
        (ALARM, f"{slug}-deployment-alarms-deploy-errors"),
        (DASHBOARD, f"{slug}-page-dashboard"),
    }
    if settings_of(stack).services[service.name].money_flow_hours:
        found |= {
            (FILTER, f"{slug}-flow-events"),
            (ALARM, f"{slug}-flow-alarms-{service.money_flow}-absent"),
        }
    return found
