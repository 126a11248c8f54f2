"""How alerts leave AWS: by the topic to Slack, and past it to Honeybadger."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.observability.dead_letter_queue import DeadLetterQueue, DeadLetterQueueArgs
from components.observability.event_notices import EventNotices
from components.observability.heartbeat_schedules import (
    HeartbeatSchedules,
    HeartbeatSchedulesArgs,
)
from infra import alarm_tables as tables
from infra.ground import Ground
from infra.honeybadger import HEARTBEATS, build_honeybadger, has_key
from infra.slack import build_slack
from infra.watching import alarm_prefix, watch
from stacks import names
from stacks.catalogue import Service


def build_alert_delivery(
    ground: Ground, catalogue: Mapping[str, Service], notices: EventNotices
) -> None:
    """Both ways, what shows that they are open, and alarms on all of it."""
    account = ground.settings.account
    place = f"{account.region}:{account.id}"
    rules = f"arn:aws:events:{place}:rule/{alarm_prefix(ground, '*')}"
    slack = _queue(ground, "slack", "sns.amazonaws.com", ground.topic_arn)
    honeybadger = _queue(ground, "honeybadger", "events.amazonaws.com", rules)
    build_slack(ground, slack.arn)
    build_honeybadger(ground, catalogue, notices, honeybadger.arn)
    schedules = HeartbeatSchedules(
        "heartbeats",
        HeartbeatSchedulesArgs(
            group_name=names.alert_part_name(ground.settings.stack, "heartbeats"),
            account_id=account.id,
            region=account.region,
            topic_arn=ground.topic_arn,
            key_arn=ground.alerts_key_arn,
            event_source=HEARTBEATS if has_key(ground) else None,
            test_alarm_name=f"{alarm_prefix(ground, 'alerts')}-test-page",
            dead_letter_arn=slack.arn,
        ),
        opts=ground.opts,
    )
    watch(ground, "heartbeats", tables.SCHEDULES, {"ScheduleGroup": schedules.group_name})


def _queue(ground: Ground, way: str, sender: str, source: pulumi.Input[str]) -> DeadLetterQueue:
    queue = DeadLetterQueue(
        f"alerts-{way}",
        DeadLetterQueueArgs(
            queue_name=names.alert_part_name(ground.settings.stack, way),
            key_arn=ground.alerts_key_arn,
            senders={sender: [source]},
        ),
        opts=ground.opts,
    )
    watch(ground, f"alerts-{way}", tables.DEAD_LETTERS, {"QueueName": queue.queue_name})
    return queue
