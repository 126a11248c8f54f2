"""The ways out of a VPC: internet gateway, NAT gateways and their addresses."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws, Client
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.resources.ec2_tags import specification
from local.provider.values import Props, picked

STATE_SECONDS: Final = 600.0


class InternetGateway(Handler):
    """aws.ec2.InternetGateway."""

    type = "aws:ec2/internetGateway:InternetGateway"
    inputs = words("vpcId tags")
    computed = ("arn", "ownerId", "vpcId")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        gateway = aws("ec2").create_internet_gateway(
            TagSpecifications=specification("internet-gateway", new)
        )["InternetGateway"]
        identity = str(gateway["InternetGatewayId"])
        with existing(identity):
            self.update(aws, identity, {}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("ec2").describe_internet_gateways(InternetGatewayIds=[identity])
        gateway = found["InternetGateways"][0]
        attachments = gateway.get("Attachments") or [{}]
        return {
            "arn": aws.arn("ec2", f"internet-gateway/{identity}"),
            "vpcId": attachments[0].get("VpcId"),
            "ownerId": gateway["OwnerId"],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        _move_gateway(aws("ec2"), identity, old.get("vpcId"), new.get("vpcId"))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        ec2 = aws("ec2")
        _move_gateway(ec2, identity, state.get("vpcId"), None)
        ec2.delete_internet_gateway(InternetGatewayId=identity)


def _move_gateway(ec2: Client, gateway: str, old: str | None, new: str | None) -> None:
    if old and old != new:
        ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=old)
    if new and old != new:
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=new)


class Eip(Handler):
    """aws.ec2.Eip. Which gateway uses it is that gateway's state: it is not repeated here, to be no drift of this."""

    type = "aws:ec2/eip:Eip"
    inputs = words("domain tags")
    replace = words("domain")
    computed = ("allocationId", "arn", "domain", "publicDns", "publicIp")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("ec2").allocate_address(
            Domain=new.get("domain", "vpc"), TagSpecifications=specification("elastic-ip", new)
        )
        return str(answer["AllocationId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        address = aws("ec2").describe_addresses(AllocationIds=[identity])["Addresses"][0]
        dashed = address["PublicIp"].replace(".", "-")
        return {
            "allocationId": identity,
            "arn": aws.arn("ec2", f"elastic-ip/{identity}"),
            "domain": address["Domain"],
            "publicIp": address["PublicIp"],
            "publicDns": f"ec2-{dashed}.{aws.region}.compute.amazonaws.com",
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").release_address(AllocationId=identity)


class NatGateway(Handler):
    """aws.ec2.NatGateway, a public one."""

    type = "aws:ec2/natGateway:NatGateway"
    inputs = words("allocationId subnetId connectivityType tags")
    replace = words("allocationId subnetId connectivityType")
    computed = ("connectivityType", "networkInterfaceId", "privateIp", "publicIp")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("ec2").create_nat_gateway(
            AllocationId=new["allocationId"],
            SubnetId=new["subnetId"],
            ConnectivityType=new.get("connectivityType", "public"),
            TagSpecifications=specification("natgateway", new),
        )
        identity = str(answer["NatGateway"]["NatGatewayId"])
        with existing(identity):
            self._wait(aws, identity, "available")
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        gateway = self._gateway(aws, identity)
        if gateway is None or gateway["State"] in {"deleted", "deleting", "failed"}:
            return None
        address = gateway["NatGatewayAddresses"][0]
        return {
            **picked(gateway, subnetId="SubnetId", connectivityType="ConnectivityType"),
            **picked(
                address,
                allocationId="AllocationId",
                networkInterfaceId="NetworkInterfaceId",
                privateIp="PrivateIp",
                publicIp="PublicIp",
            ),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_nat_gateway(NatGatewayId=identity)
        self._wait(aws, identity, "deleted")

    def _wait(self, aws: Aws, identity: str, state: str) -> None:
        def reached() -> bool:
            gateway = self._gateway(aws, identity)
            return (gateway["State"] if gateway else "deleted") == state

        aws.wait(f"NAT gateway {identity} {state}", reached, seconds=STATE_SECONDS)

    @staticmethod
    def _gateway(aws: Aws, identity: str) -> Props | None:
        answer = aws("ec2").describe_nat_gateways(NatGatewayIds=[identity])
        return dict(answer["NatGateways"][0]) if answer["NatGateways"] else None


HANDLERS: Final = (InternetGateway(), Eip(), NatGateway())
