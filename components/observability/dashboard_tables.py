"""The dashboards: one of each service, and one of what they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from components.observability.alarm import Metric
from components.observability.graphs import Graph
from components.observability.signals import ALB, CALLED, ECS, TARGETS
from components.observability.tables.databases import SERVER
from components.observability.tables.edge import FIREWALL
from components.observability.tables.network import GATEWAY, NAT
from components.observability.tables.services import INSIGHTS, SERVICE

RDS: Final = "AWS/RDS"
SERVICE_ITSELF, DATABASE = "service", "database"


def _lines(
    namespace: str, dimensions: tuple[str, ...], *lines: tuple[str, str, str]
) -> tuple[Metric, ...]:
    """Each line: its label, the metric, the statistic."""
    return tuple(
        Metric(id=label, namespace=namespace, name=name, stat=stat, dimensions=dimensions)
        for label, name, stat in lines
    )


def service_graphs(*, public: bool, latency_ms: int, database: bool) -> tuple[Graph, ...]:
    """Traffic, errors and latency first: whether customers notice; then why."""
    where, prefix = (ALB, TARGETS) if public else (ECS, CALLED)
    codes = [(f"{code}xx", f"HTTPCode_Target_{code}XX_Count", "Sum") for code in (2, 4, 5)]
    times = (
        (("p50", "TargetResponseTime", "p50"), ("p99", "TargetResponseTime", "p99"))
        if public
        else (("mean", "TargetResponseTime", "Average"),)
    )
    shown = [
        ("Answers", where, prefix, codes, None),
        ("Errors", where, prefix, codes[1:], None),
        # A load balancer measures seconds, Service Connect milliseconds.
        ("Latency", where, prefix, times, latency_ms / 1000 if public else latency_ms),
        (
            "Saturation in percent",
            ECS,
            SERVICE,
            (("CPU", "CPUUtilization", "Average"), ("memory", "MemoryUtilization", "Average")),
            None,
        ),
        (
            "Tasks and deployments",
            INSIGHTS,
            SERVICE,
            (
                ("tasks", "RunningTaskCount", "Average"),
                ("deployments", "DeploymentCount", "Average"),
            ),
            None,
        ),
    ]
    graphs = [
        Graph(
            title=title,
            of=SERVICE_ITSELF,
            metrics=_lines(namespace, dimensions, *lines),
            bound=bound,
        )
        for title, namespace, dimensions, lines, bound in shown
    ]
    return (*graphs, *(server_graphs(DATABASE, "Database") if database else ()))


def server_graphs(of: str, title: str) -> tuple[Graph, ...]:
    """A database server at work."""
    return (
        Graph(
            title=f"{title}: load and connections",
            of=of,
            metrics=_lines(
                RDS,
                SERVER,
                ("sessions at work", "DBLoad", "Average"),
                ("connections", "DatabaseConnections", "Average"),
            ),
        ),
        Graph(
            title=f"{title}: CPU in percent",
            of=of,
            metrics=_lines(RDS, SERVER, ("CPU", "CPUUtilization", "Average")),
        ),
    )


def platform_graphs(*, servers: Sequence[str], gateways: Sequence[str]) -> tuple[Graph, ...]:
    """What all services share; `servers` and `gateways` are names of the dashboard's resources."""
    edge = (
        Graph(
            title="Load balancer",
            of="edge",
            metrics=_lines(
                ALB,
                ("LoadBalancer",),
                ("requests", "RequestCount", "Sum"),
                ("its own 5xx", "HTTPCode_ELB_5XX_Count", "Sum"),
                ("5xx of services", "HTTPCode_Target_5XX_Count", "Sum"),
            ),
        ),
        Graph(
            title="Firewall",
            of="firewall",
            metrics=_lines(
                "AWS/WAFV2",
                FIREWALL,
                ("allowed", "AllowedRequests", "Sum"),
                ("blocked", "BlockedRequests", "Sum"),
            ),
        ),
    )
    databases = [graph for each in servers for graph in server_graphs(each, each)]
    ways_out = [
        Graph(
            title=each,
            of=each,
            metrics=_lines(
                NAT,
                GATEWAY,
                ("connections", "ActiveConnectionCount", "Maximum"),
                ("no port left", "ErrorPortAllocation", "Sum"),
                ("dropped packets", "PacketsDropCount", "Sum"),
            ),
        )
        for each in gateways
    ]
    return (*edge, *databases, *ways_out)
