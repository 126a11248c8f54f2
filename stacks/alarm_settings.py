"""Who looks at alarms, and what of the account is watched besides the platform itself."""

from __future__ import annotations

from typing import Annotated

from stacks.field_types import Switch, between, matching
from stacks.section import Section


class AlarmSettings(Section):
    """What an alarm says, and how far the watch goes."""

    runbooks_url: Annotated[
        str, matching(r"https://\S+[^/\s]", "is no https:// address without a slash at its end")
    ]
    """where docs/runbooks can be read, https://…; every alarm has a link into it"""
    monthly_budget_usd: Annotated[int, between(1, 1_000_000)]
    """USD that the account may cost a month before somebody is told"""
    audit_trail: Switch
    """whether CloudTrail writes a trail in this account; without one no call is heard of"""
