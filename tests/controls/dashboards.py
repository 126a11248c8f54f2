"""Controls on dashboards: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from tests.controls.watched import values_of
from tests.engine.recording import Recording

DASHBOARD: Final = "aws:cloudwatch/dashboard:Dashboard"
COLUMNS: Final = 24
# CloudWatch refuses more, and a widget with a property that it does not know is shown empty.
MOST_WIDGETS: Final = 500
WIDGET: Final = {"type", "x", "y", "width", "height", "properties"}
PROPERTIES: Final = {
    *("title", "region", "view", "stacked", "period", "metrics", "yAxis"),
    *("annotations", "stat"),
}
OPTIONS: Final = {"stat", "label", "id", "period", "region", "color", "yAxis", "visible"}


def bodies_are_as_cloudwatch_takes_them(recording: Recording) -> list[str]:
    """Known properties, inside the grid, none on top of another."""
    findings = []
    for each in recording.all(DASHBOARD):
        widgets = each.json("dashboardBody")["widgets"]
        if not 0 < len(widgets) <= MOST_WIDGETS:
            findings.append(f"{each.name}: {len(widgets)} widgets")
        for widget in widgets:
            findings += [f"{each.name}: {problem}" for problem in _problems(widget)]
        findings += [
            f"{each.name}: two widgets in one place"
            for one, other in combinations([each for each in widgets if set(each) == WIDGET], 2)
            if _overlap(one, other)
        ]
    return findings


def dashboards_show_what_exists(recording: Recording) -> list[str]:
    """Otherwise the graph is empty, without an error."""
    findings = []
    for each in recording.all(DASHBOARD):
        for widget in each.json("dashboardBody")["widgets"]:
            for metric in widget.get("properties", {}).get("metrics", []):
                named = [part for part in metric[2:] if isinstance(part, str)]
                for name, value in zip(named[::2], named[1::2], strict=True):
                    if value not in values_of(recording, name):
                        findings.append(f"{each.name}: {metric[1]} of {name} {value}")
    return findings


def _problems(widget: dict[str, Any]) -> Iterator[str]:
    if set(widget) != WIDGET or widget.get("type") != "metric":
        yield f"a widget of {sorted(widget)}"
        return
    if not (widget["x"] >= 0 and 1 <= widget["width"] <= COLUMNS - widget["x"]):
        yield "a widget beside the grid"
    shown = widget["properties"]
    if unknown := set(shown) - PROPERTIES:
        yield f"unknown properties {sorted(unknown)}"
    if not shown.get("region") or not shown.get("title"):
        yield "a widget without region or title"
    if not shown.get("metrics"):
        yield "a widget without metrics"
    for metric in shown.get("metrics", []):
        *names, options = metric
        if len(names) % 2 or not isinstance(options, dict) or set(options) - OPTIONS:
            yield f"a metric of {metric}"


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )
