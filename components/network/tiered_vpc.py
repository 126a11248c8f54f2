"""The VPC itself, its subnets and routes, by `awsx.ec2.Vpc`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

import pulumi
import pulumi_awsx as awsx
from pulumi_awsx.ec2 import NatGatewayStrategy, SubnetType

from components.network.address_plan import TIERS, TierName, address_plan
from components.network.vpc_transform import hardened
from components.network.zone_order import of_group

NatGateways = Literal["single", "one_per_zone"]
NAT_STRATEGIES: Final[dict[NatGateways, NatGatewayStrategy]] = {
    "single": NatGatewayStrategy.SINGLE,
    "one_per_zone": NatGatewayStrategy.ONE_PER_AZ,
}
SUBNET_TYPES: Final[dict[TierName, SubnetType]] = {
    "public": SubnetType.PUBLIC,
    "private": SubnetType.PRIVATE,
    "data": SubnetType.ISOLATED,
    "card": SubnetType.ISOLATED,
}
ISOLATED: Final = [tier for tier in TIERS if SUBNET_TYPES[tier] is SubnetType.ISOLATED]
# In each zone awsx makes the public groups first, then the private and the isolated ones, whatever order it is given.
MADE: Final = sorted(TIERS, key=lambda tier: list(SubnetType).index(SUBNET_TYPES[tier]))


@dataclass(frozen=True, kw_only=True)
class TieredVpcArgs:
    """Inputs of TieredVpc: all plain, for awsx takes no Outputs here."""

    cidr: str
    availability_zones: Sequence[str]
    nat_gateways: NatGateways
    protect: bool


class TieredVpc(pulumi.ComponentResource):
    """A public, a private (out by NAT), a data and a card subnet (both without a way out) in each zone.

    Each has a route table of its own. The outputs arrive when all of it exists, the NAT gateways too, and are unknown
    as a whole until then: never ask for their length.
    """

    vpc_id: pulumi.Output[str]
    public_subnet_ids: pulumi.Output[list[str]]
    private_subnet_ids: pulumi.Output[list[str]]
    data_subnet_ids: pulumi.Output[list[str]]
    card_subnet_ids: pulumi.Output[list[str]]
    private_route_table_ids: pulumi.Output[list[str]]
    card_route_table_ids: pulumi.Output[list[str]]
    nat_gateway_ids: pulumi.Output[list[str]]

    def __init__(
        self, name: str, args: TieredVpcArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:network:TieredVpc", name, {}, opts)
        plan = address_plan(args.cidr)
        zones = list(args.availability_zones)

        # Explicit zones and blocks: any of awsx's own strategies renumbers subnets that exist when a zone is added.
        vpc = awsx.ec2.Vpc(
            name,
            cidr_block=args.cidr,
            enable_dns_hostnames=True,  # interface endpoints answer to the services' public names
            enable_dns_support=True,
            availability_zone_names=zones,
            nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(
                strategy=NAT_STRATEGIES[args.nat_gateways]
            ),
            subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
            subnet_specs=[
                awsx.ec2.SubnetSpecArgs(
                    name=tier,
                    type=SUBNET_TYPES[tier],
                    cidr_blocks=list(plan[tier].zone_cidrs[: len(zones)]),
                )
                for tier in TIERS
            ],
            opts=pulumi.ResourceOptions(parent=self, transforms=[hardened(protect=args.protect)]),
        )
        isolated = vpc.isolated_subnet_ids
        # awsx gives route tables as resources only. A preview knows these, not their ids.
        tables: pulumi.Output[list[str]] = vpc.route_tables.apply(_ids)

        self.vpc_id = vpc.vpc_id
        self.public_subnet_ids = vpc.public_subnet_ids.apply(list)
        self.private_subnet_ids = vpc.private_subnet_ids.apply(list)
        self.data_subnet_ids = isolated.apply(partial(of_group, group="data", groups=ISOLATED))
        self.card_subnet_ids = isolated.apply(partial(of_group, group="card", groups=ISOLATED))
        self.private_route_table_ids = tables.apply(partial(of_group, group="private", groups=MADE))
        self.card_route_table_ids = tables.apply(partial(of_group, group="card", groups=MADE))
        self.nat_gateway_ids = vpc.nat_gateways.apply(_ids)
        self.register_outputs(
            {
                "vpc_id": self.vpc_id,
                "public_subnet_ids": self.public_subnet_ids,
                "private_subnet_ids": self.private_subnet_ids,
                "data_subnet_ids": self.data_subnet_ids,
                "card_subnet_ids": self.card_subnet_ids,
                "private_route_table_ids": self.private_route_table_ids,
                "card_route_table_ids": self.card_route_table_ids,
                "nat_gateway_ids": self.nat_gateway_ids,
            }
        )


def _ids(tables: Sequence[pulumi.CustomResource]) -> pulumi.Output[list[str]]:
    return pulumi.Output.all(*(table.id for table in tables))
