"""Where AWS tells what happens to the platform."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.database.database_events import DatabaseEvents, DatabaseEventsArgs
from components.observability.alert_topic import AlertTopic, AlertTopicArgs
from infra.keys import build_alerts_key
from stacks import names
from stacks.settings import StackSettings


@dataclass(frozen=True, kw_only=True)
class Alerts:
    """Where alerts begin."""

    topic_arn: pulumi.Output[str]
    key_arn: pulumi.Output[str]


def build_alerts(settings: StackSettings, opts: pulumi.ResourceOptions) -> Alerts:
    """The topic, and what RDS has to say about every database of the account."""
    key_arn = build_alerts_key(settings, opts).arn
    topic = AlertTopic(
        "alerts",
        AlertTopicArgs(
            topic_name=names.alert_topic_name(settings.stack),
            account_id=settings.account.id,
            region=settings.account.region,
            key_arn=key_arn,
        ),
        opts=opts,
    )
    DatabaseEvents("database-events", DatabaseEventsArgs(topic_arn=topic.arn), opts=opts)
    return Alerts(topic_arn=topic.arn, key_arn=key_arn)
