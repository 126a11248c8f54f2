"""Both ways of alerts as the platform builds them, and the alarms of one service.

The stack's file says where Honeybadger is; the address of Slack is set as an operator does.
"""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components.keys.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.keys.policies import logs_statement
from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.alert_topic import AlertTopic, AlertTopicArgs
from components.observability.alert_topic_policies import topic_key_statement
from components.observability.dead_letter_queue import DeadLetterQueue, DeadLetterQueueArgs
from components.observability.delivery_policies import queue_arn, queues_key_statement
from components.observability.heartbeat_check_in import HeartbeatCheckIn, HeartbeatCheckInArgs
from components.observability.honeybadger_api import HoneybadgerApi, HoneybadgerApiArgs
from components.observability.honeybadger_notice import pages_of
from components.observability.honeybadger_pages import HoneybadgerPages, HoneybadgerPagesArgs
from components.observability.objectives import internal_service
from components.observability.slack_relay_function import (
    SlackRelayFunction,
    SlackRelayFunctionArgs,
)
from components.observability.topic_function import TopicFunction, TopicFunctionArgs
from components.secrets.service_secret import ServiceSecret, ServiceSecretArgs

config = pulumi.Config()
ACCOUNT, REGION = config.require("account"), "eu-west-1"
HONEYBADGER = config.require("honeybadger")
HERE: dict[str, Any] = {"account_id": ACCOUNT, "region": REGION}
SAID: dict[str, Any] = {"owner": "payments", "runbooks_url": "https://example.com/runbooks"}
LOG, TOPIC, SLACK_QUEUE, PAGES_QUEUE = "/alerts/relay", "alerts", "slack-letters", "page-letters"

provider = aws.Provider("aws", region=REGION, allowed_account_ids=[ACCOUNT])
opts = pulumi.ResourceOptions(providers=[provider])
queues = [queue_arn(**HERE, queue_name=name) for name in (SLACK_QUEUE, PAGES_QUEUE)]
key = EncryptionKey(
    "key",
    EncryptionKeyArgs(
        alias="alias/alerts",
        description="Alerts",
        account_id=ACCOUNT,
        statements=[
            topic_key_statement(**HERE, topic_name=TOPIC),
            queues_key_statement(queues),
            logs_statement(**HERE, log_group_names=[LOG]),
        ],
        protect=False,
    ),
    opts=opts,
)
topic = AlertTopic("alerts", AlertTopicArgs(**HERE, topic_name=TOPIC, key_arn=key.arn), opts=opts)
webhook = ServiceSecret(
    "webhook",
    ServiceSecretArgs(
        secret_name="alerts/slack-webhook-url",
        description="Where Slack takes alerts",
        source="external",
        key_arn=key.arn,
        protect=False,
    ),
    opts=opts,
)


def letters(name: str, sender: str, source: pulumi.Input[str]) -> DeadLetterQueue:
    """A dead-letter queue."""
    args = DeadLetterQueueArgs(queue_name=name, key_arn=key.arn, senders={sender: [source]})
    return DeadLetterQueue(name, args, opts=opts)


slack_letters = letters(SLACK_QUEUE, "sns.amazonaws.com", topic.arn)
rules = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/*"
page_letters = letters(PAGES_QUEUE, "events.amazonaws.com", rules)
relay = SlackRelayFunction(
    "relay",
    SlackRelayFunctionArgs(
        function_name="relay",
        region=REGION,
        webhook_secret_arn=webhook.secret_arn,
        webhook_key_arn=key.arn,
        dead_letter_arn=slack_letters.arn,
        dead_letter_key_arn=key.arn,
        heartbeat_url=f"{HONEYBADGER}/v1/check_in/topic",
        log_group_name=LOG,
        log_key_arn=key.arn,
        log_retention_days=365,
        protect=False,
    ),
    opts=opts,
)
TopicFunction(
    "slack",
    TopicFunctionArgs(
        topic_arn=topic.arn,
        function_name=relay.function_name,
        function_arn=relay.arn,
        dead_letter_arn=slack_letters.arn,
    ),
    opts=opts,
)
api = HoneybadgerApi(
    "honeybadger",
    HoneybadgerApiArgs(
        prefix="alerts",
        account_id=ACCOUNT,
        api_url=HONEYBADGER,
        api_key=config.require_secret("key"),
        check_in="events",
    ),
    opts=opts,
)
calling: dict[str, Any] = {"role_arn": api.role_arn, "dead_letter_arn": page_letters.arn}
definitions = internal_service(availability_percent=99.9, latency_ms=500, min_tasks=1)
AlarmSet(
    "ledger-alarms",
    AlarmSetArgs(
        prefix="ledger",
        definitions=definitions,
        dimensions={
            "ClusterName": "c", "ServiceName": "ledger", "TargetDiscoveryName": "ledger"
        },
        topic_arn=topic.arn,
        **SAID,
    ),
    opts=opts,
)  # fmt: skip
HoneybadgerPages(
    "pages",
    HoneybadgerPagesArgs(
        prefix="alerts",
        environment="staging",
        alarms=pages_of("ledger", definitions),
        notices_arn=api.notices_arn,
        **SAID,
        **calling,
    ),
    opts=opts,
)
if api.check_in_arn is not None:
    HeartbeatCheckIn(
        "heartbeat",
        HeartbeatCheckInArgs(
            rule_name="alerts-heartbeat",
            event_source="turnstay.test",
            check_in_arn=api.check_in_arn,
            **calling,
        ),
        opts=opts,
    )
