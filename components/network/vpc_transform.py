"""What awsx has no argument for, set on the resources that it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pulumi

SUBNET: Final = "aws:ec2/subnet:Subnet"
PROTECTED: Final = frozenset({"aws:ec2/vpc:Vpc", SUBNET})
"""Never routes or NAT gateways: a change from one gateway to one a zone updates and deletes those."""

Transform = Callable[[pulumi.ResourceTransformArgs], pulumi.ResourceTransformResult | None]


def hardened(*, protect: bool) -> Transform:
    """Make a transform: no subnet hands out public addresses (EC2.15); VPC and subnets are protected if asked."""

    def transform(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
        if args.type_ not in PROTECTED:
            return None
        props = dict(args.props)
        if args.type_ == SUBNET:
            props["mapPublicIpOnLaunch"] = False
        opts = args.opts
        if protect:
            opts = pulumi.ResourceOptions.merge(opts, pulumi.ResourceOptions(protect=True))
        return pulumi.ResourceTransformResult(props=props, opts=opts)

    return transform
