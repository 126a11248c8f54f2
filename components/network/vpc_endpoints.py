"""Ways to AWS's services that do not cross the internet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.network.policies import interface_endpoint_policy, s3_endpoint_policy

INTERFACE_SERVICES: Final = frozenset(
    {"ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "ssm", "ssmmessages", "sts"}
)
"""Services that our tasks call.

Each costs 0.011 USD per hour and zone (8 USD a month; all eight in three zones: 193) and 0.01 USD per GB. They do not
pay for themselves by what they save on NAT traffic: buy them for the card tier, which has no other way to these
services, and for EC2.55 to EC2.57 (ecr.api, ecr.dkr, ssm).
"""


@dataclass(frozen=True, kw_only=True)
class VpcEndpointsArgs:
    """Inputs of VpcEndpoints."""

    vpc_id: pulumi.Input[str]
    account_id: str
    region: str
    route_table_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Of the subnets that reach S3 by the gateway endpoint."""
    interface_services: Sequence[str]
    """Short names out of INTERFACE_SERVICES; none is a good answer."""
    interface_subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    """One in each zone."""
    client_cidrs: Mapping[str, str]
    """The address block of each tier whose tasks may call the interface endpoints, by the tier's name."""

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.interface_services) - INTERFACE_SERVICES):
            raise ValueError(
                f"interface_services are out of {sorted(INTERFACE_SERVICES)}, got {unknown}"
            )


class VpcEndpoints(pulumi.ComponentResource):
    """S3 by a gateway endpoint, which is free and carries the layers of images, and interface endpoints as chosen.

    Each lets pass what our principals do to our resources. In the subnets of the route tables that holds for all of S3
    in the region: a bucket of another account is out of reach, by NAT too.
    """

    s3_prefix_list_id: pulumi.Output[str]
    security_group_id: pulumi.Output[str] | None
    """Of the interface endpoints; None when there are none."""

    def __init__(
        self, name: str, args: VpcEndpointsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:network:VpcEndpoints", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        s3 = aws.ec2.VpcEndpoint(
            f"{name}-s3",
            vpc_id=args.vpc_id,
            service_name=f"com.amazonaws.{args.region}.s3",
            vpc_endpoint_type="Gateway",
            route_table_ids=args.route_table_ids,
            policy=json.dumps(s3_endpoint_policy(region=args.region, account_id=args.account_id)),
            tags={"Name": f"{name}-s3"},
            opts=child,
        )
        self.security_group_id = None
        if args.interface_services:
            self.security_group_id = self._security_group(name, args, child)
            for service in sorted(args.interface_services):
                self._interface(name, service, args, self.security_group_id, child)

        self.s3_prefix_list_id = s3.prefix_list_id
        self.register_outputs(
            {
                "s3_prefix_list_id": self.s3_prefix_list_id,
                "security_group_id": self.security_group_id,
            }
        )

    def _security_group(
        self, name: str, args: VpcEndpointsArgs, child: pulumi.ResourceOptions
    ) -> pulumi.Output[str]:
        """HTTPS in, from the blocks of the tiers that hold tasks; nothing out, for an endpoint only answers.

        Blocks, because the groups of the services come after the network; each service's own group says whether it may
        call an endpoint at all.
        """
        group = aws.ec2.SecurityGroup(
            f"{name}-group",
            description="Interface endpoints of AWS services: HTTPS from the tiers that hold tasks",
            vpc_id=args.vpc_id,
            tags={"Name": name},
            opts=child,
        )
        for tier, cidr in sorted(args.client_cidrs.items()):
            aws.vpc.SecurityGroupIngressRule(
                f"{name}-from-{tier}",
                security_group_id=group.id,
                description=f"Tasks of the {tier} tier",
                ip_protocol="tcp",
                from_port=443,
                to_port=443,
                cidr_ipv4=cidr,
                opts=child,
            )
        return group.id

    def _interface(
        self,
        name: str,
        service: str,
        args: VpcEndpointsArgs,
        security_group_id: pulumi.Output[str],
        child: pulumi.ResourceOptions,
    ) -> None:
        aws.ec2.VpcEndpoint(
            f"{name}-{service.replace('.', '-')}",
            vpc_id=args.vpc_id,
            service_name=f"com.amazonaws.{args.region}.{service}",
            vpc_endpoint_type="Interface",
            subnet_ids=args.interface_subnet_ids,
            security_group_ids=[security_group_id],
            private_dns_enabled=True,  # tasks keep using the service's public name
            policy=json.dumps(interface_endpoint_policy(service, args.account_id)),
            tags={"Name": f"{name}-{service}"},
            opts=child,
        )
