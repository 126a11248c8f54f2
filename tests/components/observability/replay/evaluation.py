"""What CloudWatch would make of registered alarms, minute by minute.

It reads what the program asks AWS for, not what the program was made of: a wrong period or a rule that names the wrong
alarm shows here. Data is there at once; AWS adds a minute or two. Windows slide. One that looks back more than a day is
evaluated once an hour.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tests.components.observability.replay.metric_math import Formula, formula
from tests.components.observability.replay.series import Series
from tests.engine.recording import Recording

METRIC: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE: Final = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
BREACHES: Final = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}
DAY_MINUTES: Final = 1440
ALARM, OK, UNKNOWN = "ALARM", "OK", "INSUFFICIENT_DATA"


@dataclass
class MetricAlarm:
    """One alarm, from the inputs of its resource."""

    inputs: Mapping[str, Any]
    series: Mapping[str, Series]

    def __post_init__(self) -> None:
        self.name = str(self.inputs["name"])
        self.reads, self.value = _reads(self.inputs)
        self.minutes = int(next(iter(self.reads.values()))[2]) // 60
        self.periods = int(self.inputs["evaluationPeriods"])
        self.hourly = self.minutes * self.periods > DAY_MINUTES
        self.state = UNKNOWN

    def evaluate(self, now: int) -> str:
        """The state at the beginning of a minute."""
        if self.hourly and now % 60:
            return self.state
        points = [self._point(now - index * self.minutes) for index in range(self.periods)]
        missing = self.inputs["treatMissingData"]
        if all(each is None for each in points) and missing in ("missing", "ignore"):
            self.state = self.state if missing == "ignore" else UNKNOWN
            return self.state
        breaches = BREACHES[self.inputs["comparisonOperator"]]
        breaching = sum(
            missing == "breaching" if each is None else breaches(each, self.inputs["threshold"])
            for each in points
        )
        self.state = ALARM if breaching >= self.inputs["datapointsToAlarm"] else OK
        return self.state

    def _point(self, end: int) -> float | None:
        values = {}
        for id_, (metric, stat, _) in self.reads.items():
            series = self.series.get(metric)
            values[id_] = series.over(end - self.minutes, end, stat) if series else None
        return self.value(values)


def _reads(inputs: Mapping[str, Any]) -> tuple[dict[str, tuple[str, str, int]], Formula]:
    if "metricName" in inputs:
        stat = inputs.get("statistic") or inputs["extendedStatistic"]
        return {"value": (inputs["metricName"], stat, inputs["period"])}, formula("value")
    read, value = {}, None
    for query in inputs["metricQueries"]:
        if "metric" in query:
            metric = query["metric"]
            read[query["id"]] = (metric["metricName"], metric["stat"], metric["period"])
        if query.get("returnData"):
            value = formula(query["expression"])
    if value is None or len({each[2] for each in read.values()}) != 1:
        raise ValueError(f"{inputs['name']}: no expression, or metrics of different periods")
    return read, value


def rule(text: str) -> Callable[[Mapping[str, str]], bool]:
    """A composite's rule, as a question to the states of alarms."""
    python = re.sub(r"\b(AND|OR|NOT)\b", lambda match: match.group().lower(), text)
    return _asked(ast.parse(python, mode="eval").body)


def _asked(node: ast.expr) -> Callable[[Mapping[str, str]], bool]:
    if isinstance(node, ast.BoolOp):
        parts = [_asked(each) for each in node.values]
        judge = all if isinstance(node.op, ast.And) else any
        return lambda states: judge(part(states) for part in parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _asked(node.operand)
        return lambda states: not inner(states)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        argument = node.args[0]
        if node.func.id in (ALARM, OK) and isinstance(argument, ast.Constant):
            name, wanted = str(argument.value), node.func.id
            return lambda states: states[name] == wanted
    raise ValueError(f"a rule of this kind is not known here: {ast.unparse(node)}")


def replay(
    recording: Recording, series: Mapping[str, Series], minutes: Sequence[int]
) -> dict[str, list[tuple[int, int]]]:
    """When each alarm that tells somebody was in ALARM: its name and the minutes from when till when."""
    metric = [MetricAlarm(each.inputs, series) for each in recording.all(METRIC)]
    above = {
        each.inputs["alarmName"]: rule(each.inputs["alarmRule"])
        for each in recording.all(COMPOSITE)
    }
    telling = {each.name for each in metric if each.inputs["alarmActions"]} | set(above)
    states: dict[str, str] = dict.fromkeys(above, OK)
    found: dict[str, list[tuple[int, int]]] = {}
    since: dict[str, int] = {}
    for now in minutes:
        for each in metric:
            states[each.name] = each.evaluate(now)
        for name, asked in above.items():
            states[name] = ALARM if asked(states) else OK
        for name in telling:
            if states[name] == ALARM:
                since.setdefault(name, now)
            elif name in since:
                found.setdefault(name, []).append((since.pop(name), now))
    for name, start in since.items():
        found.setdefault(name, []).append((start, minutes[-1]))
    return found
