"""What may be merged although the preview's report would hold it up: by whom, until when, why."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field

from stacks.field_types import matching
from stacks.section import Section

LONGEST_DAYS: Final = 30
"""An approval counts for these last days before its end at most: nobody knows today what a year will bring."""


def _date(value: str) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise ValueError('is not a day, in quotes, such as "2026-12-31"') from None


def _resource(value: str) -> str:
    if "*" in value:
        raise ValueError("has a *, and an approval names one resource; copy it from the report")
    kinds, _, name = value.rpartition("::")
    kind = kinds.rpartition("::")[2].rpartition("$")[2]
    if not re.fullmatch("[^:]+:[^:]+:[^:]+", kind) or not name:
        raise ValueError(
            "is no resource: a URN, or type and name such as aws:rds/instance:Instance::card-database-instance"
        )
    return value


class Approval(Section):
    """One resource whose change a named person has approved."""

    what: Annotated[str, AfterValidator(_resource)]
    """the resource, as the report names it: its URN, or type::name"""
    by: Annotated[
        str, matching(r"@?[A-Za-z0-9][A-Za-z0-9-]{0,38}", "is not a GitHub user name such as @ada")
    ]
    """who approves it: a GitHub user name, and not the one of the change's author"""
    until: Annotated[str, AfterValidator(_date)]
    """the last day on which it counts, in quotes"""
    why: Annotated[
        str, matching(r"(?s)\s*\S.{9,}", "is too short to be a reason; 10 characters at least")
    ]
    """the reason, for whoever reads it later"""

    def covers(self, urn: str, today: dt.date) -> bool:
        """Whether it names this resource and counts on that day."""
        last = dt.date.fromisoformat(self.until)
        in_time = today <= last <= today + dt.timedelta(days=LONGEST_DAYS)
        return in_time and self.what in (urn, short_name(urn))


def short_name(urn: str) -> str:
    """Type and name of a URN, without stack, project and parents."""
    _, _, kinds, name = urn.removeprefix("urn:pulumi:").split("::", 3)
    return f"{kinds.rpartition('$')[2]}::{name}"


Approvals = Annotated[tuple[Approval, ...], Field(strict=False)]
