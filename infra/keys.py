"""The customer-managed keys: one per purpose and zone, so that who may read one zone's data says nothing of the other's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components.database.log_groups import log_group_names
from components.keys.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.keys.policies import Statement, logs_statement
from components.observability.alert_topic_policies import topic_key_statement
from components.observability.delivery_policies import queue_arn, queues_key_statement
from stacks import names
from stacks.catalogue import Service
from stacks.settings import StackSettings

ZONES = ("general", "card")
PLATFORM_WRITERS = ("vpc-flow-logs", "exec-sessions", "slack-relay")
"""Log groups that belong to no service; they hold no card data and use the general zone's key."""
ALERT_WAYS = ("slack", "honeybadger")
"""Each has a queue for what it could not deliver."""
GATES = ("roles", "migrations")
"""What runs before a service, and writes a log of its own."""


@dataclass(frozen=True, kw_only=True)
class ZoneKeys:
    """The keys of one zone."""

    logs: EncryptionKey
    images: EncryptionKey
    secrets: EncryptionKey
    storage: EncryptionKey
    """Of the database server, and of its snapshots."""
    insights: EncryptionKey
    """Of the queries that Performance Insights shows."""


def build_keys(
    settings: StackSettings, catalogue: Mapping[str, Service], opts: pulumi.ResourceOptions
) -> Mapping[str, ZoneKeys]:
    """A key for each purpose in each zone."""
    return {
        zone: ZoneKeys(
            logs=build_key(settings, f"{zone}-logs", opts, _logs(settings, catalogue, zone)),
            images=build_key(settings, f"{zone}-images", opts),
            secrets=build_key(settings, f"{zone}-secrets", opts),
            storage=build_key(settings, f"{zone}-storage", opts),
            insights=build_key(settings, f"{zone}-insights", opts),
        )
        for zone in ZONES
    }


def build_alerts_key(settings: StackSettings, opts: pulumi.ResourceOptions) -> EncryptionKey:
    """The key of what AWS publishes about the platform, and of what of it could not be delivered."""
    account = settings.account
    topic = topic_key_statement(
        region=account.region,
        account_id=account.id,
        topic_name=names.alert_topic_name(settings.stack),
    )
    queues = [
        queue_arn(
            region=account.region,
            account_id=account.id,
            queue_name=names.alert_part_name(settings.stack, way),
        )
        for way in ALERT_WAYS
    ]
    return build_key(settings, "alerts", opts, topic, queues_key_statement(queues))


def build_key(
    settings: StackSettings, purpose: str, opts: pulumi.ResourceOptions, *statements: Statement
) -> EncryptionKey:
    """One key of the stack, called after its purpose."""
    return EncryptionKey(
        purpose,
        EncryptionKeyArgs(
            alias=names.key_alias(settings.stack, purpose),
            description=f"TurnStay {settings.stack}: {purpose.replace('-', ' ')}",
            account_id=settings.account.id,
            statements=statements,
            protect=settings.protect,
        ),
        opts=opts,
    )


def _logs(settings: StackSettings, catalogue: Mapping[str, Service], zone: str) -> Statement:
    """CloudWatch Logs may use the key for exactly the groups of its zone."""
    services = [each.name for each in catalogue.values() if each.zone == zone]
    writers = [*services, *(f"{name}-{gate}" for name in services for gate in GATES)]
    groups = [names.log_group_name(settings.stack, each) for each in writers]
    groups += log_group_names(names.database_server_name(settings.stack, zone))
    if zone == "general":
        groups += [names.log_group_name(settings.stack, each) for each in PLATFORM_WRITERS]
        groups.append(names.firewall_log_group_name(settings.stack))
    return logs_statement(
        region=settings.account.region, account_id=settings.account.id, log_group_names=groups
    )
