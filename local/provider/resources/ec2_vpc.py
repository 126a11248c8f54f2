"""The VPC and its subnets."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.resources.ec2_tags import specification
from local.provider.values import Props, Value, capital, picked


class Vpc(Handler):
    """aws.ec2.Vpc."""

    type = "aws:ec2/vpc:Vpc"
    inputs = words("cidrBlock enableDnsHostnames enableDnsSupport instanceTenancy tags")
    replace = words("cidrBlock instanceTenancy")
    computed = (
        "arn",
        "defaultNetworkAclId",
        "defaultRouteTableId",
        "defaultSecurityGroupId",
        "mainRouteTableId",
        "ownerId",
    )
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        vpc = aws("ec2").create_vpc(
            CidrBlock=new["cidrBlock"],
            InstanceTenancy=new.get("instanceTenancy", "default"),
            TagSpecifications=specification("vpc", new),
        )["Vpc"]
        identity = str(vpc["VpcId"])
        with existing(identity):
            self.update(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        ec2 = aws("ec2")
        vpc = ec2.describe_vpcs(VpcIds=[identity])["Vpcs"][0]

        def attribute(name: str) -> bool:
            answer = ec2.describe_vpc_attribute(VpcId=identity, Attribute=name)
            return bool(answer[capital(name)]["Value"])

        def first(call: Callable[..., Value], key: str, *more: Value) -> Props:
            of_this = {"Name": "vpc-id", "Values": [identity]}
            return dict(call(Filters=[of_this, *more])[key][0])

        main = {"Name": "association.main", "Values": ["true"]}
        default = {"Name": "default", "Values": ["true"]}
        group = {"Name": "group-name", "Values": ["default"]}
        table = first(ec2.describe_route_tables, "RouteTables", main)["RouteTableId"]
        return {
            "arn": aws.arn("ec2", f"vpc/{identity}"),
            "cidrBlock": vpc["CidrBlock"],
            "instanceTenancy": vpc["InstanceTenancy"],
            "enableDnsHostnames": attribute("enableDnsHostnames"),
            "enableDnsSupport": attribute("enableDnsSupport"),
            "defaultNetworkAclId": first(ec2.describe_network_acls, "NetworkAcls", default)[
                "NetworkAclId"
            ],
            "defaultRouteTableId": table,
            "mainRouteTableId": table,
            "defaultSecurityGroupId": first(ec2.describe_security_groups, "SecurityGroups", group)[
                "GroupId"
            ],
            "ownerId": aws.account_id,
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        # AWS takes one attribute a call, and host names only where there is name resolution.
        for name in ("enableDnsSupport", "enableDnsHostnames"):
            wanted = new.get(name, name == "enableDnsSupport")
            if old.get(name) != wanted:
                attribute = {capital(name): {"Value": wanted}}
                aws("ec2").modify_vpc_attribute(VpcId=identity, **attribute)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_vpc(VpcId=identity)


class Subnet(Handler):
    """aws.ec2.Subnet."""

    type = "aws:ec2/subnet:Subnet"
    inputs = words(
        "vpcId availabilityZone cidrBlock mapPublicIpOnLaunch assignIpv6AddressOnCreation tags"
    )
    replace = words("vpcId availabilityZone cidrBlock")
    computed = ("arn", "availabilityZone", "availabilityZoneId", "ownerId")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        zone = {"AvailabilityZone": new["availabilityZone"]} if "availabilityZone" in new else {}
        subnet = aws("ec2").create_subnet(
            VpcId=new["vpcId"],
            CidrBlock=new["cidrBlock"],
            TagSpecifications=specification("subnet", new),
            **zone,
        )["Subnet"]
        identity = str(subnet["SubnetId"])
        with existing(identity):
            self.update(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        subnet = aws("ec2").describe_subnets(SubnetIds=[identity])["Subnets"][0]
        return picked(
            subnet,
            arn="SubnetArn",
            vpcId="VpcId",
            availabilityZone="AvailabilityZone",
            availabilityZoneId="AvailabilityZoneId",
            cidrBlock="CidrBlock",
            mapPublicIpOnLaunch="MapPublicIpOnLaunch",
            assignIpv6AddressOnCreation="AssignIpv6AddressOnCreation",
            ownerId="OwnerId",
        )

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        for name in ("mapPublicIpOnLaunch", "assignIpv6AddressOnCreation"):
            wanted = new.get(name, False)
            if old.get(name, False) != wanted:
                attribute = {capital(name): {"Value": wanted}}
                aws("ec2").modify_subnet_attribute(SubnetId=identity, **attribute)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_subnet(SubnetId=identity)


HANDLERS: Final = (Vpc(), Subnet())
