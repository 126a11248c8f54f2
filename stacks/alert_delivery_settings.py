"""Who hears of alerts outside AWS."""

from __future__ import annotations

from typing import Annotated, Final

from stacks.field_types import matching
from stacks.section import Section

# Plain HTTP to this machine is for the account that runs on it.
_API: Final = r"https://[a-z0-9.-]+[a-z0-9]|http://127\.0\.0\.1:\d{1,5}"
CheckIn = Annotated[
    str,
    matching(
        "[A-Za-z0-9]{4,40}",
        "is no id of a check-in, which is the last part of the address that Honeybadger shows for it",
    ),
]


class AlertDeliverySettings(Section):
    """The two ways of alerts. Neither key is here: see docs/alert-delivery.md."""

    honeybadger_url: Annotated[
        str, matching(_API, "is no https:// address of a host without anything behind it")
    ] = "https://api.honeybadger.io"
    """Honeybadger's API, https:// and a host"""
    slack_check_in: CheckIn | None = None
    """id of the check-in that hears from the way to Slack; none: nobody notices when it falls silent"""
    honeybadger_check_in: CheckIn | None = None
    """id of the check-in that hears from the way to Honeybadger; none: nobody notices when it falls silent"""
