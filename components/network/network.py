"""The network of one environment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.network.acl_table import ACL_TABLES, acl_entries
from components.network.address_plan import ZONES, Tier, TierName, address_plan
from components.network.tiered_vpc import NAT_STRATEGIES, NatGateways, TieredVpc, TieredVpcArgs
from components.network.vpc_endpoints import VpcEndpoints, VpcEndpointsArgs
from components.network.vpc_flow_log import VpcFlowLog, VpcFlowLogArgs


@dataclass(frozen=True, kw_only=True)
class NetworkArgs:
    """Inputs of Network. All but the key decide structure and are plain values."""

    account_id: str
    region: str
    cidr: str
    """A /16 to /22; address_plan.py says who gets what."""
    availability_zones: Sequence[str]
    """Append only: a zone's place in the list decides its addresses."""
    nat_gateways: NatGateways
    interface_endpoints: Sequence[str]
    """Short names of services (`ecr.api`); the price stands in vpc_endpoints.py."""
    flow_log_group_name: str
    flow_log_retention_days: int
    logs_key_arn: pulumi.Input[str]
    protect: bool

    def __post_init__(self) -> None:
        zones = list(self.availability_zones)
        if len(zones) not in range(2, ZONES + 1) or len(set(zones)) != len(zones):
            raise ValueError(f"availability_zones are 2 to {ZONES} different zones, got {zones}")
        if strays := [each for each in zones if not each.startswith(self.region)]:
            raise ValueError(f"availability_zones lie in {self.region}, got {strays}")
        if self.nat_gateways not in NAT_STRATEGIES:
            raise ValueError(
                f"nat_gateways is one of {list(NAT_STRATEGIES)}, got {self.nat_gateways!r}"
            )


class Network(pulumi.ComponentResource):
    """A VPC of four tiers with what guards and watches it.

    Public addresses belong to load balancers and NAT gateways only. Who may talk to whom is decided by the security
    groups of the components that own the traffic; here are the closed default group and the ACLs of the data and card
    tiers.
    """

    vpc_id: pulumi.Output[str]
    public_subnet_ids: pulumi.Output[list[str]]
    private_subnet_ids: pulumi.Output[list[str]]
    data_subnet_ids: pulumi.Output[list[str]]
    card_subnet_ids: pulumi.Output[list[str]]
    s3_prefix_list_id: pulumi.Output[str]
    nat_gateway_ids: pulumi.Output[list[str]]
    endpoints_security_group_id: pulumi.Output[str] | None
    """None when there are no interface endpoints."""

    def __init__(
        self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:network:Network", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        plan = address_plan(args.cidr)

        vpc = TieredVpc(
            f"{name}-vpc",
            TieredVpcArgs(
                cidr=args.cidr,
                availability_zones=args.availability_zones,
                nat_gateways=args.nat_gateways,
                protect=args.protect,
            ),
            opts=child,
        )
        # Adopted, not made: the rules that AWS puts into it are taken away, and one that somebody adds is drift.
        aws.ec2.DefaultSecurityGroup(
            f"{name}-default-group",
            vpc_id=vpc.vpc_id,
            ingress=[],
            egress=[],
            tags={"Name": f"{name}-default-closed"},
            opts=child,
        )
        self._acl(f"{name}-data-acl", "data", vpc.vpc_id, vpc.data_subnet_ids, plan)
        self._acl(f"{name}-card-acl", "card", vpc.vpc_id, vpc.card_subnet_ids, plan)
        VpcFlowLog(
            f"{name}-flow-log",
            VpcFlowLogArgs(
                vpc_id=vpc.vpc_id,
                account_id=args.account_id,
                region=args.region,
                log_group_name=args.flow_log_group_name,
                retention_days=args.flow_log_retention_days,
                key_arn=args.logs_key_arn,
                protect=args.protect,
            ),
            opts=child,
        )
        endpoints = VpcEndpoints(
            f"{name}-endpoints",
            VpcEndpointsArgs(
                vpc_id=vpc.vpc_id,
                account_id=args.account_id,
                region=args.region,
                # The tiers where tasks run. The data tier's routes stay inside the VPC.
                route_table_ids=pulumi.Output.all(
                    vpc.private_route_table_ids, vpc.card_route_table_ids
                ).apply(_joined),
                interface_services=args.interface_endpoints,
                interface_subnet_ids=vpc.private_subnet_ids,
                client_cidrs={"private": plan["private"].cidr, "card": plan["card"].cidr},
            ),
            opts=child,
        )

        self.vpc_id = vpc.vpc_id
        self.public_subnet_ids = vpc.public_subnet_ids
        self.private_subnet_ids = vpc.private_subnet_ids
        self.data_subnet_ids = vpc.data_subnet_ids
        self.card_subnet_ids = vpc.card_subnet_ids
        self.nat_gateway_ids = vpc.nat_gateway_ids
        self.s3_prefix_list_id = endpoints.s3_prefix_list_id
        self.endpoints_security_group_id = endpoints.security_group_id
        self.register_outputs(
            {
                "vpc_id": self.vpc_id,
                "public_subnet_ids": self.public_subnet_ids,
                "private_subnet_ids": self.private_subnet_ids,
                "data_subnet_ids": self.data_subnet_ids,
                "card_subnet_ids": self.card_subnet_ids,
                "nat_gateway_ids": self.nat_gateway_ids,
                "s3_prefix_list_id": self.s3_prefix_list_id,
                "endpoints_security_group_id": self.endpoints_security_group_id,
            }
        )

    def _acl(
        self,
        name: str,
        tier: TierName,
        vpc_id: pulumi.Output[str],
        subnet_ids: pulumi.Output[list[str]],
        plan: Mapping[TierName, Tier],
    ) -> None:
        """Guard a tier. All rules in one resource: one added by hand is drift, a changed one an update in place."""
        table = ACL_TABLES[tier]
        ingress, egress = acl_entries(table.ingress, plan), acl_entries(table.egress, plan)
        aws.ec2.NetworkAcl(
            name,
            vpc_id=vpc_id,
            subnet_ids=subnet_ids,
            ingress=[aws.ec2.NetworkAclIngressArgs(**entry) for entry in ingress],
            egress=[aws.ec2.NetworkAclEgressArgs(**entry) for entry in egress],
            tags={"Name": name},
            opts=pulumi.ResourceOptions(parent=self),
        )


def _joined(lists: Sequence[Sequence[str]]) -> list[str]:
    return [each for one in lists for each in one]
