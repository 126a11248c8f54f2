"""What the changes add to a month, by service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.cost.prices import REGION
from scripts.preview_report.cost.resources import PRICED
from scripts.preview_report.cost.tasks import task_costs
from scripts.preview_report.ownership import service_of
from stacks.settings import StackSettings

SIZES: Final = (
    "instanceClass",
    "allocatedStorage",
    "multiAz",
)  # what decides a price that may not be known


@dataclass(frozen=True, kw_only=True)
class Delta:
    """USD a month by service, and what has no price here."""

    usd: dict[str, float] = field(default_factory=dict)
    unpriced: tuple[str, ...] = ()


def cost_delta(changes: Sequence[Change], settings: StackSettings) -> Delta:
    """The difference that the update makes to what costs money by being there."""
    if settings.account.region != REGION:
        return Delta(unpriced=(f"everything: prices here are of {REGION}",))
    usd: dict[str, float] = {}
    unpriced = []
    for change in changes:
        price = PRICED.get(change.type)
        if price is None:
            continue
        # A replacement costs what it costs afterwards; both at once cost for minutes.
        before = price(change.was) if change.existed else 0.0
        after = price(change.will) if change.remains else 0.0
        if before is None or after is None:
            if any(change.was.get(each) != change.will.get(each) for each in SIZES):
                unpriced.append(change.short)
        elif after != before:
            usd[service_of(change)] = usd.get(service_of(change), 0.0) + after - before
    for service, (old, new) in task_costs(changes, settings).items():
        if old is None or new is None:
            unpriced.append(f"tasks of {service}")
        elif new != old:
            usd[service] = usd.get(service, 0.0) + new - old
    return Delta(
        usd={each: by for each, by in usd.items() if round(by, 2)}, unpriced=tuple(unpriced)
    )
