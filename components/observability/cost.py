"""What alarms cost a month in eu-west-1, by the list prices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from components.observability.objectives import Definitions

# A metric alarm is billed per metric that it reads.
USD_PER_METRIC: Final = 0.10
USD_PER_COMPOSITE: Final = 0.50
USD_PER_CUSTOM_METRIC: Final = 0.30
OWN_NAMESPACE: Final = "TurnStay/"


def monthly_cost_usd(sets: Iterable[Definitions]) -> float:
    """Alarms, composites, and the metrics of our own that they read; AWS's own metrics are free."""
    cents = 0
    for each in sets:
        metrics = [metric for alarm in each.alarms for metric in alarm.metrics]
        own = {
            (metric.namespace, metric.name)
            for metric in metrics
            if metric.namespace.startswith(OWN_NAMESPACE)
        }
        cents += round(100 * USD_PER_METRIC) * len(metrics)
        cents += round(100 * USD_PER_COMPOSITE) * len(each.composites)
        cents += round(100 * USD_PER_CUSTOM_METRIC) * len(own)
    return cents / 100
