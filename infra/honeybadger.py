"""The second way of alerts: EventBridge, Honeybadger; there once its key is in the stack's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pulumi

from components.observability.event_notices import EventNotices
from components.observability.heartbeat_check_in import HeartbeatCheckIn, HeartbeatCheckInArgs
from components.observability.honeybadger_api import HoneybadgerApi, HoneybadgerApiArgs
from components.observability.honeybadger_pages import HoneybadgerPages, HoneybadgerPagesArgs
from infra.event_notices import event_notices
from infra.ground import Ground
from infra.pages import pages
from infra.watching import PLATFORM as OWNER
from stacks.catalogue import Service
from stacks.names import PROJECT
from stacks.reader import supplied_value
from stacks.secret_commands import supply_command
from stacks.secret_sources import HONEYBADGER_KEY, PLATFORM

HEARTBEATS: Final = f"{PROJECT}.alerts"
"""`source` of the events that are heartbeats."""


def has_key(ground: Ground) -> bool:
    """Whether there is a key for this way."""
    return HONEYBADGER_KEY in ground.settings.supplied.get(PLATFORM, {})


def build_honeybadger(
    ground: Ground,
    catalogue: Mapping[str, Service],
    notices: EventNotices,
    dead_letter_arn: pulumi.Output[str],
) -> None:
    """Pages and heartbeats; without a key nothing but a warning, for then Slack alone hears of pages."""
    settings = ground.settings
    delivery, prefix = settings.alert_delivery, f"{PROJECT}-{settings.stack}"
    if not has_key(ground):
        command = supply_command(settings.stack, PLATFORM, HONEYBADGER_KEY)
        pulumi.log.warn(f"pages go to Slack alone: Honeybadger's key is not set yet; {command}")
        return
    api = HoneybadgerApi(
        "honeybadger",
        HoneybadgerApiArgs(
            prefix=prefix,
            account_id=settings.account.id,
            api_url=delivery.honeybadger_url,
            api_key=supplied_value(PLATFORM, HONEYBADGER_KEY),
            check_in=delivery.honeybadger_check_in or "",
        ),
        opts=ground.opts,
    )
    HoneybadgerPages(
        "pages",
        HoneybadgerPagesArgs(
            prefix=prefix,
            environment=settings.environment,
            alarms=pages(ground, catalogue),
            notices=[each for each in event_notices(ground, catalogue) if each.severity == "page"],
            notice_rules=notices.page_rules,
            notices_arn=api.notices_arn,
            role_arn=api.role_arn,
            dead_letter_arn=dead_letter_arn,
            owner=OWNER,
            runbooks_url=settings.alarms.runbooks_url,
        ),
        opts=ground.opts,
    )
    if api.check_in_arn is not None:
        HeartbeatCheckIn(
            "heartbeat-check-in",
            HeartbeatCheckInArgs(
                rule_name=f"{prefix}-heartbeat",
                event_source=HEARTBEATS,
                check_in_arn=api.check_in_arn,
                role_arn=api.role_arn,
                dead_letter_arn=dead_letter_arn,
            ),
            opts=ground.opts,
        )
