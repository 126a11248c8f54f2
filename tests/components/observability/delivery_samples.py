"""The components of the two ways of alerts, as tests make them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from components.observability.control_notices import CONTROL_NOTICES
from components.observability.dead_letter_queue import DeadLetterQueue, DeadLetterQueueArgs
from components.observability.heartbeat_check_in import HeartbeatCheckIn, HeartbeatCheckInArgs
from components.observability.heartbeat_schedules import (
    HeartbeatSchedules,
    HeartbeatSchedulesArgs,
)
from components.observability.honeybadger_api import HoneybadgerApi, HoneybadgerApiArgs
from components.observability.honeybadger_pages import HoneybadgerPages, HoneybadgerPagesArgs
from components.observability.slack_relay_function import (
    SlackRelayFunction,
    SlackRelayFunctionArgs,
)
from components.observability.topic_function import TopicFunction, TopicFunctionArgs
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record

TOPIC = arn("sns", "turnstay-test-alerts")
KEY = arn("kms", "key/alerts")
QUEUE = arn("sqs", "turnstay-test-alerts-undelivered")
SECRET = arn("secretsmanager", "secret:turnstay/test/platform/slack-webhook-url-AbCdEf")
ROLE = "arn:aws:iam::111122223333:role/honeybadger-role"
NOTICES = arn("events", "api-destination/turnstay-test-honeybadger-notices")
PAGES = {
    "availability": ["turnstay-test-a-availability-page", "turnstay-test-b-availability-page"],
    "money-flow": ["turnstay-test-payouts-absent"],
}
TAGS = {"a": "b"}


def recorded(make: Callable[[], object]) -> Recording:
    """What a component registers."""

    def program() -> None:
        make()

    return record(program)


def queue() -> Recording:
    senders = {"sns.amazonaws.com": [TOPIC], "events.amazonaws.com": [arn("events", "rule/x-*")]}
    args = DeadLetterQueueArgs(
        queue_name="turnstay-test-alerts-undelivered", key_arn=KEY, senders=senders, tags=TAGS
    )
    return recorded(lambda: DeadLetterQueue("dead", args))


def relay(**changes: Any) -> Recording:
    values: dict[str, Any] = {
        "function_name": "turnstay-test-slack-relay",
        "region": REGION,
        "webhook_secret_arn": SECRET,
        "webhook_key_arn": arn("kms", "key/secrets"),
        "dead_letter_arn": QUEUE,
        "dead_letter_key_arn": KEY,
        "heartbeat_url": "https://api.honeybadger.io/v1/check_in/abc",
        "log_group_name": "/turnstay/test/slack-relay",
        "log_key_arn": arn("kms", "key/logs"),
        "log_retention_days": 365,
        "protect": True,
        "tags": TAGS,
    }
    return recorded(
        lambda: SlackRelayFunction("relay", SlackRelayFunctionArgs(**(values | changes)))
    )


def topic_function() -> Recording:
    args = TopicFunctionArgs(
        topic_arn=TOPIC,
        function_name="turnstay-test-slack-relay",
        function_arn=arn("lambda", "function:turnstay-test-slack-relay"),
        dead_letter_arn=QUEUE,
    )
    return recorded(lambda: TopicFunction("slack", args))


def api(**changes: Any) -> Recording:
    values: dict[str, Any] = {
        "prefix": "turnstay-test",
        "account_id": ACCOUNT,
        "api_url": "https://api.honeybadger.io",
        "api_key": "hbp_secret",
        "check_in": "abc",
        "tags": TAGS,
    }
    return recorded(lambda: HoneybadgerApi("honeybadger", HoneybadgerApiArgs(**(values | changes))))


def pages_args(**changes: Any) -> HoneybadgerPagesArgs:
    values: dict[str, Any] = {
        "prefix": "turnstay-test",
        "environment": "staging",
        "alarms": PAGES,
        "notices": CONTROL_NOTICES[:2],
        "notice_rules": ["turnstay-test-trail-stopped", "turnstay-test-detector-off"],
        "notices_arn": NOTICES,
        "role_arn": ROLE,
        "dead_letter_arn": QUEUE,
        "owner": "platform",
        "runbooks_url": "https://example.com/runbooks",
        "tags": TAGS,
    }
    return HoneybadgerPagesArgs(**(values | changes))


def pages(**changes: Any) -> Recording:
    return recorded(lambda: HoneybadgerPages("pages", pages_args(**changes)))


def schedules(**changes: Any) -> Recording:
    values: dict[str, Any] = {
        "group_name": "turnstay-test-alerts",
        "account_id": ACCOUNT,
        "region": REGION,
        "topic_arn": TOPIC,
        "key_arn": KEY,
        "event_source": "turnstay.test",
        "test_alarm_name": "turnstay-test-alerts-test-page",
        "dead_letter_arn": QUEUE,
        "tags": TAGS,
    }
    return recorded(
        lambda: HeartbeatSchedules("heartbeat", HeartbeatSchedulesArgs(**(values | changes)))
    )


def check_in() -> Recording:
    args = HeartbeatCheckInArgs(
        rule_name="turnstay-test-heartbeat",
        event_source="turnstay.test",
        check_in_arn=arn("events", "api-destination/check-in"),
        role_arn=ROLE,
        dead_letter_arn=QUEUE,
        tags=TAGS,
    )
    return recorded(lambda: HeartbeatCheckIn("heartbeat", args))
