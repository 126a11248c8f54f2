"""All rules over all changes, and what approvals leave of their findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.rules.data import lost_data
from scripts.preview_report.rules.network import wider_network
from scripts.preview_report.rules.permissions import wider_permissions
from scripts.preview_report.rules.retention import shorter_retention
from scripts.preview_report.rules.secrets import changed_secrets
from scripts.preview_report.rules.watch import less_watched
from stacks.approvals import Approval

RULES: Final = (
    lost_data,
    shorter_retention,
    wider_permissions,
    wider_network,
    changed_secrets,
    less_watched,
)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A finding, and who has approved it."""

    finding: Finding
    approved_by: str | None

    @property
    def blocks(self) -> bool:
        """Whether it must not be merged as it is."""
        return self.finding.blocks and self.approved_by is None


def judge(
    changes: Sequence[Change], approvals: Iterable[Approval], today: dt.date
) -> tuple[Judged, ...]:
    """Every finding, in the order of the rules; an approval is for all findings of its one resource."""
    approvals = tuple(approvals)
    found = chain.from_iterable(rule(changes) for rule in RULES)
    return tuple(
        Judged(finding=each, approved_by=_approver(each, approvals, today)) for each in found
    )


def _approver(finding: Finding, approvals: Iterable[Approval], today: dt.date) -> str | None:
    for each in approvals:
        if finding.blocks and each.covers(finding.change.urn, today):
            return each.by
    return None
