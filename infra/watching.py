"""How alarms of this stack are called, what they say, and whom they tell; and what there is to watch."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Final

import pulumi

from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.objectives import Definitions
from infra.alarm_tables import nat_zones
from infra.edge import FIREWALL
from infra.ground import Ground
from stacks import names

PLATFORM: Final = "platform"
"""Who owns what belongs to no service."""


def alarm_prefix(ground: Ground, what: str) -> str:
    """In front of the name of every alarm and rule: an alarm of another stack is never replaced."""
    return f"turnstay-{ground.settings.stack}-{what}"


def watch(
    ground: Ground,
    what: str,
    definitions: Definitions,
    dimensions: Mapping[str, pulumi.Input[str]],
    *,
    owner: str = PLATFORM,
    name: str | None = None,
) -> AlarmSet:
    """Alarms of one thing; `owner` is the slug of a service for what belongs to it."""
    return AlarmSet(
        f"{name or what}-alarms",
        AlarmSetArgs(
            prefix=alarm_prefix(ground, what),
            definitions=definitions,
            dimensions=dimensions,
            topic_arn=ground.topic_arn,
            owner=owner,
            runbooks_url=ground.settings.alarms.runbooks_url,
            tags={} if owner == PLATFORM else {"service": owner},
        ),
        opts=ground.opts,
    )


def service_dimensions(
    ground: Ground, slug: str, target_group: pulumi.Output[str] | None
) -> dict[str, pulumi.Input[str]]:
    """By what CloudWatch knows a service: ECS, its callers, and the load balancer where it is public."""
    seen: dict[str, pulumi.Input[str]] = {
        "ClusterName": names.cluster_name(ground.settings.stack),
        "ServiceName": slug,
        "TargetDiscoveryName": slug,
    }
    if target_group is not None:
        seen["LoadBalancer"] = ground.load_balancer.arn_suffix
        seen["TargetGroup"] = target_group
    return seen


def database_dimensions(ground: Ground, zone: str) -> dict[str, pulumi.Input[str]]:
    """By what CloudWatch knows the server of a zone."""
    return {"DBInstanceIdentifier": ground.databases[zone].identifier}


def firewall_dimensions(ground: Ground) -> dict[str, pulumi.Input[str]]:
    """By what CloudWatch knows the firewall, all of its rules together."""
    return {"WebACL": FIREWALL, "Region": ground.settings.account.region, "Rule": "ALL"}


def nat_gateways(ground: Ground) -> dict[str, dict[str, pulumi.Input[str]]]:
    """The ways out, by the letter of their zone: `nat-a`."""
    ids = ground.network.nat_gateway_ids
    return {
        f"nat-{zone[-1]}": {"NatGatewayId": ids.apply(itemgetter(index))}
        for index, zone in enumerate(nat_zones(ground.settings.network))
    }
