"""What a dashboard shows: graphs of metrics, by the names that alarms have for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.observability.alarm import Metric

COLUMNS: Final = 24
"""CloudWatch's own; two graphs stand beside each other."""
WIDTH: Final = COLUMNS // 2
HEIGHT: Final = 6


@dataclass(frozen=True, kw_only=True)
class Graph:
    """Some metrics of one resource over time."""

    title: str
    of: str
    """Which of the dashboard's resources."""
    metrics: tuple[Metric, ...]
    bound: float | None = None
    """A line to stay below, such as an objective."""


def body(
    graphs: Sequence[Graph], *, region: str, dimensions: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """The document that CloudWatch takes; `dimensions` are by resource."""
    return {
        "widgets": [
            {
                "type": "metric",
                "x": index % 2 * WIDTH,
                "y": index // 2 * HEIGHT,
                "width": WIDTH,
                "height": HEIGHT,
                "properties": _properties(graph, region, dimensions[graph.of]),
            }
            for index, graph in enumerate(graphs)
        ]
    }


def _properties(graph: Graph, region: str, values: Mapping[str, str]) -> dict[str, Any]:
    lines = [
        [
            metric.namespace,
            metric.name,
            *(part for name in metric.dimensions for part in (name, values[name])),
            {"stat": metric.stat, "label": metric.id},
        ]
        for metric in graph.metrics
    ]
    shown = {
        "title": graph.title,
        "region": region,
        "view": "timeSeries",
        "stacked": False,
        "period": 60,
        "metrics": lines,
        "yAxis": {"left": {"min": 0}},
    }
    if graph.bound is None:
        return shown
    line = {"label": "objective", "value": graph.bound}
    return {**shown, "annotations": {"horizontal": [line]}}
