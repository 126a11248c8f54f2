"""What of a request's fate AWS measures, as the share of bad requests in a window.

A count is published only when it is not zero, so every one is filled. A window with fewer than LEAST_BAD bad requests
has a share of 0: at night one failure of three requests is no outage, and with a bound on all requests instead a service
with little traffic could be down all night unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from components.observability.alarm import Metric

LEAST_BAD: Final = 5
ALB: Final = "AWS/ApplicationELB"
ECS: Final = "AWS/ECS"
TARGETS: Final = ("LoadBalancer", "TargetGroup")
# Without the caller's ServiceName and ClusterName it is the sum over all callers; AWS publishes no set with the callee's.
CALLED: Final = ("TargetDiscoveryName",)


@dataclass(frozen=True, kw_only=True)
class Signal:
    """A share of bad requests, by an expression of metrics that share the period."""

    name: str
    words: str
    runbook: str
    metrics: tuple[Metric, ...]
    bad_share: str


def _sum(id_: str, namespace: str, name: str, dimensions: tuple[str, ...]) -> Metric:
    return Metric(id=id_, namespace=namespace, name=name, stat="Sum", dimensions=dimensions)


def _share_of_errors(total: str) -> str:
    return f"IF(FILL(bad, 0) >= {LEAST_BAD}, FILL(bad, 0) / ({total}), 0)"


# 5xx answers of the tasks. One of the load balancer itself, such as 503 when no task is healthy, belongs to no target group.
PUBLIC_AVAILABILITY: Final = Signal(
    name="availability",
    words="Requests from the internet are answered with errors",
    runbook="availability",
    metrics=(
        _sum("bad", ALB, "HTTPCode_Target_5XX_Count", TARGETS),
        _sum("total", ALB, "RequestCount", TARGETS),
    ),
    bad_share=_share_of_errors("FILL(total, 1)"),
)

# 502, 503 and 504 of the load balancer: nobody was there to answer, or nobody did in time.
EDGE_AVAILABILITY: Final = Signal(
    name="availability",
    words="The load balancer finds nobody who answers",
    runbook="edge-availability",
    metrics=(
        _sum("bad", ALB, "HTTPCode_ELB_5XX_Count", ("LoadBalancer",)),
        _sum("total", ALB, "RequestCount", ("LoadBalancer",)),
    ),
    # RequestCount is of requests for which a target was chosen: those without one are added.
    bad_share=_share_of_errors("FILL(bad, 0) + FILL(total, 1)"),
)

# Answers that reached the callers' proxies. A call that found nobody is no answer: it is an error of the caller.
INTERNAL_AVAILABILITY: Final = Signal(
    name="availability",
    words="Calls from other services are answered with errors",
    runbook="availability",
    metrics=(
        _sum("bad", ECS, "HTTPCode_Target_5XX_Count", CALLED),
        _sum("fine", ECS, "HTTPCode_Target_2XX_Count", CALLED),
        _sum("moved", ECS, "HTTPCode_Target_3XX_Count", CALLED),
        _sum("refused", ECS, "HTTPCode_Target_4XX_Count", CALLED),
    ),
    bad_share=_share_of_errors("FILL(bad, 0) + FILL(fine, 1) + FILL(moved, 0) + FILL(refused, 0)"),
)


def public_latency(latency_ms: int) -> Signal:
    """Requests answered later than that; by the percentile rank, so the objective is the bound itself and no bucket near it."""
    seconds = latency_ms / 1000
    slow = "(100 - FILL(quick, 100)) / 100"
    return Signal(
        name="latency",
        words=f"Requests from the internet wait longer than {seconds:g} s",
        runbook="latency",
        metrics=(
            Metric(
                id="quick",
                namespace=ALB,
                name="TargetResponseTime",
                stat=f"PR(:{seconds:g})",
                dimensions=TARGETS,
            ),
            _sum("total", ALB, "RequestCount", TARGETS),
        ),
        bad_share=f"IF(FILL(total, 0) * {slow} >= {LEAST_BAD}, {slow}, 0)",
    )
