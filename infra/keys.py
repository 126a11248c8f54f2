"""The customer-managed keys: one per purpose and zone, so that who may read one zone's data says nothing of the other's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components.keys.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.keys.policies import Statement, logs_statement
from stacks import names
from stacks.catalogue import Service
from stacks.settings import StackSettings

ZONES = ("general", "card")
PLATFORM_WRITERS = ("vpc-flow-logs", "exec-sessions")
"""Log groups that belong to no service; they hold no card data and use the general zone's key."""


@dataclass(frozen=True, kw_only=True)
class ZoneKeys:
    """The keys of one zone."""

    logs: EncryptionKey
    images: EncryptionKey


def build_keys(
    settings: StackSettings, catalogue: Mapping[str, Service], opts: pulumi.ResourceOptions
) -> Mapping[str, ZoneKeys]:
    """A key for logs and one for images in each zone."""
    return {
        zone: ZoneKeys(
            logs=_key(settings, f"{zone}-logs", opts, _logs(settings, catalogue, zone)),
            images=_key(settings, f"{zone}-images", opts),
        )
        for zone in ZONES
    }


def _key(
    settings: StackSettings, purpose: str, opts: pulumi.ResourceOptions, *statements: Statement
) -> EncryptionKey:
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
    writers = [each.name for each in catalogue.values() if each.zone == zone]
    groups = [names.log_group_name(settings.stack, each) for each in writers]
    if zone == "general":
        groups += [names.log_group_name(settings.stack, each) for each in PLATFORM_WRITERS]
        groups.append(names.firewall_log_group_name(settings.stack))
    return logs_statement(
        region=settings.account.region, account_id=settings.account.id, log_group_names=groups
    )
