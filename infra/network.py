"""The network of a stack."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.network.network import Network, NetworkArgs
from infra.keys import ZoneKeys
from stacks import names
from stacks.settings import StackSettings


def build_network(
    settings: StackSettings, keys: Mapping[str, ZoneKeys], opts: pulumi.ResourceOptions
) -> Network:
    """One VPC for the whole stack, with its tiers."""
    return Network(
        "network",
        NetworkArgs(
            account_id=settings.account.id,
            region=settings.account.region,
            cidr=settings.network.cidr,
            availability_zones=settings.network.availability_zones,
            nat_gateways=settings.network.nat_gateways,
            interface_endpoints=settings.network.interface_endpoints,
            flow_log_group_name=names.log_group_name(settings.stack, "vpc-flow-logs"),
            flow_log_retention_days=settings.network.flow_log_retention_days,
            logs_key_arn=keys["general"].logs.arn,
            protect=settings.protect,
        ),
        opts=opts,
    )
