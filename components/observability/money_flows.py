"""Work that must not fall silent, seen by the events that services log (docs/observability.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final

from components.observability.alarm import HOUR, Alarm, Metric
from components.observability.cost import OWN_NAMESPACE
from components.observability.objectives import Definitions


@dataclass(frozen=True, kw_only=True)
class MoneyFlow:
    """One kind of finished work."""

    name: str
    event: str
    """What the service logs as `event` each time that one is done."""
    words: str


FLOWS: Final = {
    each.name: each
    for each in (
        MoneyFlow(name="payouts", event="payout.processed", words="No payout was processed"),
        MoneyFlow(name="webhooks", event="webhook.delivered", words="No webhook was delivered"),
        MoneyFlow(
            name="reconciliation",
            event="reconciliation.finished",
            words="No reconciliation was finished",
        ),
    )
}


def namespace(stack: str) -> str:
    """Where a stack's own metrics are."""
    return f"{OWN_NAMESPACE}{stack}"


def filter_pattern(flow: MoneyFlow) -> str:
    """Match the lines of a log that are JSON and whose `event` is the flow's."""
    return f"{{ $.event = {json.dumps(flow.event)} }}"


def flow_alarm(flow: MoneyFlow, *, stack: str, within_hours: int) -> Definitions:
    """It pages when the last `within_hours` brought none; no line at all counts as none."""
    alarm = Alarm(
        name=f"{flow.name}-absent",
        severity="page",
        runbook="money-flow",
        summary=f"{flow.words} within {within_hours} hours.",
        metrics=(
            Metric(
                id="done", namespace=namespace(stack), name=flow.event, stat="Sum", dimensions=()
            ),
        ),
        comparison="LessThanThreshold",
        threshold=1,
        period_seconds=within_hours * HOUR,
        missing="breaching",
    )
    return Definitions(alarms=(alarm,))
