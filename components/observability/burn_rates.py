"""From an objective over 30 days to alarms: three pairs of windows, each a share of the error budget gone in a time.

The table is that of Google's SRE workbook, chapter 5. Each pair is a long window, which shows that the budget burns, and
one of a twelfth of it, which shows that it still does: the alarm ends soon after the trouble.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from components.observability.alarm import Alarm, Composite, Severity
from components.observability.signals import Signal

BUDGET_HOURS: Final = 30 * 24
EVERYTHING: Final = 100
"""No objective: it has no budget, and every alarm would burn for ever."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One row: `budget_share` of 30 days' budget within `long_seconds`."""

    name: str
    severity: Severity
    budget_share: float
    long_seconds: int
    short_seconds: int

    @property
    def burn(self) -> float:
        """How many times faster than allowed the budget goes."""
        return self.budget_share * BUDGET_HOURS / (self.long_seconds / 3600)

    def threshold(self, objective_percent: float) -> float:
        """The share of bad requests at which the alarm speaks; rounded, for a binary fraction is no threshold to read."""
        return round(self.burn * (1 - objective_percent / 100), 8)


FAST: Final = Pair(
    name="fast", severity="page", budget_share=0.02, long_seconds=3600, short_seconds=300
)
STEADY: Final = Pair(
    name="steady", severity="page", budget_share=0.05, long_seconds=21_600, short_seconds=1800
)
SLOW: Final = Pair(
    name="slow", severity="ticket", budget_share=0.10, long_seconds=259_200, short_seconds=21_600
)
PAIRS: Final = (FAST, STEADY, SLOW)


def burn_alarms(signal: Signal, objective_percent: float) -> tuple[Alarm, ...]:
    """Six alarms of an objective, all of them children of the two composites."""
    if not 0 < objective_percent < EVERYTHING:
        raise ValueError(f"an objective is above 0 and below 100 percent, got {objective_percent}")
    return tuple(
        _alarm(signal, pair, window, seconds, objective_percent)
        for pair in PAIRS
        for window, seconds in (("long", pair.long_seconds), ("short", pair.short_seconds))
    )


def burn_composites(signal: Signal, objective_percent: float) -> tuple[Composite, Composite]:
    """One that pages, when either fast pair burns; and a ticket for the slow one, unless there is a page already."""
    name = signal.name
    page = Composite(
        name=f"{name}-page",
        severity="page",
        runbook=signal.runbook,
        summary=(
            f"{signal.words}: the error budget of {objective_percent:g} % over 30 days goes so fast that"
            " 2 % of it went within an hour or 5 % within six."
        ),
        rule=f"({_both(name, FAST)}) OR ({_both(name, STEADY)})",
    )
    ticket = Composite(
        name=f"{name}-ticket",
        severity="ticket",
        runbook=signal.runbook,
        summary=(
            f"{signal.words}: the error budget of {objective_percent:g} % over 30 days is going:"
            " 10 % of it went within three days."
        ),
        rule=f"{_both(name, SLOW)} AND NOT ALARM({name}-page)",
    )
    return page, ticket


def _both(name: str, pair: Pair) -> str:
    return f"ALARM({name}-{pair.name}-long) AND ALARM({name}-{pair.name}-short)"


def _alarm(signal: Signal, pair: Pair, window: str, seconds: int, objective: float) -> Alarm:
    return Alarm(
        name=f"{signal.name}-{pair.name}-{window}",
        severity=pair.severity,
        runbook=signal.runbook,
        summary=(
            f"{signal.words}: burn {pair.burn:g} of {objective:g} % over {seconds // 60} minutes."
            " Part of a composite alarm."
        ),
        metrics=signal.metrics,
        expression=signal.bad_share,
        threshold=pair.threshold(objective),
        period_seconds=seconds,
        missing="notBreaching",
        child=True,
    )
