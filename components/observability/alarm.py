"""What an alarm is, before it is anybody's: names of metrics and dimensions, and no values of this or that resource."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Severity = Literal["page", "ticket"]
Missing = Literal["breaching", "ignore", "missing", "notBreaching"]
Comparison = Literal[
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanThreshold",
]

# What CloudWatch allows an alarm to look back on: a week, and a day when its period is shorter than an hour.
HOUR: Final = 3600
LONGEST: Final = 604_800
LONGEST_OF_SHORT_PERIODS: Final = 86_400


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric of whatever the alarm is made for; `id` is what an expression calls it."""

    id: str
    namespace: str
    name: str
    stat: str
    dimensions: tuple[str, ...]
    """Names; the values are the resource's, and one that has none is refused when the alarm is made."""


@dataclass(frozen=True, kw_only=True)
class Alarm:
    """A metric alarm. A child is for a composite to look at: it tells nobody by itself."""

    name: str
    severity: Severity
    runbook: str
    """A file of docs/runbooks, without its ending."""
    summary: str
    """What it means, as one sentence for whoever is woken by it."""
    metrics: tuple[Metric, ...]
    expression: str | None = None
    """None: the only metric itself."""
    comparison: Comparison = "GreaterThanThreshold"
    threshold: float
    period_seconds: int = 60
    datapoints: int = 1
    periods: int = 1
    missing: Missing
    child: bool = False

    def __post_init__(self) -> None:
        if problems := _problems(self):
            raise ValueError(f"alarm {self.name}: {'; '.join(problems)}")


@dataclass(frozen=True, kw_only=True)
class Composite:
    """An alarm over alarms of the same set, which the rule calls by their names: `ALARM(fast) AND NOT ALARM(slow)`."""

    name: str
    severity: Severity
    runbook: str
    summary: str
    rule: str


def alarms_of(rule: str) -> list[str]:
    """The names that a composite's rule mentions, in its order."""
    return [name.strip('"') for name in re.findall(r"ALARM\(([^)]+)\)", rule)]


def _problems(alarm: Alarm) -> list[str]:
    found = []
    if alarm.period_seconds not in (10, 20, 30) and alarm.period_seconds % 60:
        found.append(f"a period is 10, 20, 30 or full minutes, got {alarm.period_seconds} seconds")
    looked_back = alarm.period_seconds * alarm.periods
    longest = LONGEST if alarm.period_seconds >= HOUR else LONGEST_OF_SHORT_PERIODS
    if looked_back > longest:
        found.append(f"looks back on {looked_back} seconds, at most {longest} are allowed")
    if not 1 <= alarm.datapoints <= alarm.periods:
        found.append(f"{alarm.datapoints} of {alarm.periods} periods can never breach")
    if alarm.expression is None and len(alarm.metrics) != 1:
        found.append(f"without an expression it has one metric, got {len(alarm.metrics)}")
    used = set(re.findall(r"\b[a-z][a-z0-9_]*\b", alarm.expression or ""))
    ids = {each.id for each in alarm.metrics}
    if alarm.expression is not None and used != ids:
        found.append(f"its expression uses {sorted(used)}, its metrics are {sorted(ids)}")
    return found
