"""One line of a table: a metric of a resource and the bound behind which somebody should look."""

from __future__ import annotations

from components.observability.alarm import Alarm, Comparison, Metric, Missing


def row(
    name: str,
    summary: str,
    *,
    runbook: str,
    namespace: str,
    metric: str,
    dimensions: tuple[str, ...],
    stat: str,
    threshold: float,
    missing: Missing,
    comparison: Comparison = "GreaterThanThreshold",
    periods: int = 5,
    period_seconds: int = 60,
) -> Alarm:
    """A ticket on one metric: a resource is a cause, and causes wake nobody. All periods must breach."""
    return Alarm(
        name=name,
        severity="ticket",
        runbook=runbook,
        summary=summary,
        metrics=(
            Metric(id="value", namespace=namespace, name=metric, stat=stat, dimensions=dimensions),
        ),
        comparison=comparison,
        threshold=threshold,
        period_seconds=period_seconds,
        datapoints=periods,
        periods=periods,
        missing=missing,
    )
