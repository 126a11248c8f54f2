"""The first way of alerts: topic, function, Slack."""

from __future__ import annotations

import pulumi

from components.observability.slack_relay_function import (
    SlackRelayFunction,
    SlackRelayFunctionArgs,
)
from components.observability.topic_function import TopicFunction, TopicFunctionArgs
from components.secrets.secret_readers import SecretReaders, SecretReadersArgs
from components.secrets.service_secret import ServiceSecret, ServiceSecretArgs
from infra import alarm_tables as tables
from infra.ground import Ground
from infra.watching import watch
from stacks import names
from stacks.secret_sources import PLATFORM, WEBHOOK

RELAY = "slack-relay"


def build_slack(ground: Ground, dead_letter_arn: pulumi.Output[str]) -> None:
    """The function, the secret that it reads, and who else may read that."""
    settings, keys = ground.settings, ground.keys["general"]
    delivery = settings.alert_delivery
    beats = f"{delivery.honeybadger_url}/v1/check_in/{delivery.slack_check_in}"
    webhook = ServiceSecret(
        "slack-webhook",
        ServiceSecretArgs(
            secret_name=names.secret_name(settings.stack, PLATFORM, WEBHOOK),
            description="Where Slack takes the platform's alerts",
            source="external",
            key_arn=keys.secrets.arn,
            protect=settings.protect,
        ),
        opts=ground.opts,
    )
    relay = SlackRelayFunction(
        RELAY,
        SlackRelayFunctionArgs(
            function_name=names.alert_part_name(settings.stack, "slack"),
            region=settings.account.region,
            webhook_secret_arn=webhook.secret_arn,
            webhook_key_arn=keys.secrets.arn,
            dead_letter_arn=dead_letter_arn,
            dead_letter_key_arn=ground.alerts_key_arn,
            heartbeat_url=beats if delivery.slack_check_in else "",
            log_group_name=names.log_group_name(settings.stack, RELAY),
            log_key_arn=keys.logs.arn,
            log_retention_days=settings.compute.log_retention_days,
            protect=settings.protect,
        ),
        opts=ground.opts,
    )
    TopicFunction(
        "slack",
        TopicFunctionArgs(
            topic_arn=ground.topic_arn,
            function_name=relay.function_name,
            function_arn=relay.arn,
            dead_letter_arn=dead_letter_arn,
        ),
        opts=ground.opts,
    )
    people = [
        f"arn:aws:iam::{settings.account.id}:role/{role}"
        for role in settings.account.secret_readers
    ]
    if people:
        SecretReaders(
            "slack-webhook",
            SecretReadersArgs(secret_arn=webhook.secret_arn, role_arns=[*people, relay.role_arn]),
            opts=ground.opts,
        )
    watch(ground, RELAY, tables.RELAY, {"FunctionName": relay.function_name})
