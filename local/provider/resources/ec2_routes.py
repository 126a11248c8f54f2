"""Where packets go: route tables, their routes, and which subnet uses which."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import zlib
from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.resources.ec2_tags import specification
from local.provider.values import Props, capital, picked

TARGETS: Final = ("gatewayId", "natGatewayId", "transitGatewayId", "vpcPeeringConnectionId")


def _table(aws: Aws, identity: str) -> Props:
    answer = aws("ec2").describe_route_tables(RouteTableIds=[identity])
    return dict(answer["RouteTables"][0])


class RouteTable(Handler):
    """aws.ec2.RouteTable; its routes are resources of their own."""

    type = "aws:ec2/routeTable:RouteTable"
    inputs = words("vpcId tags")
    replace = words("vpcId")
    computed = ("arn", "ownerId")
    tagging = "ec2"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("ec2").create_route_table(
            VpcId=new["vpcId"], TagSpecifications=specification("route-table", new)
        )
        return str(answer["RouteTable"]["RouteTableId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        table = _table(aws, identity)
        return {
            "arn": aws.arn("ec2", f"route-table/{identity}"),
            "vpcId": table["VpcId"],
            "ownerId": table["OwnerId"],
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_route_table(RouteTableId=identity)


class Route(Handler):
    """aws.ec2.Route."""

    type = "aws:ec2/route:Route"
    inputs = words("routeTableId destinationCidrBlock") | {*TARGETS}
    replace = words("routeTableId destinationCidrBlock")
    computed = ("origin", "state")

    def create(self, aws: Aws, new: Props) -> str:
        table, destination = new["routeTableId"], new["destinationCidrBlock"]
        aws("ec2").create_route(
            RouteTableId=table, DestinationCidrBlock=destination, **_target(new)
        )
        return f"r-{table}{zlib.crc32(destination.encode())}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        for route in _table(aws, state["routeTableId"])["Routes"]:
            if route.get("DestinationCidrBlock") == state["destinationCidrBlock"]:
                return {
                    "routeTableId": state["routeTableId"],
                    "destinationCidrBlock": route["DestinationCidrBlock"],
                    "origin": route["Origin"],
                    "state": route["State"],
                    **{name: route.get(capital(name)) for name in TARGETS},
                }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("ec2").replace_route(
            RouteTableId=new["routeTableId"],
            DestinationCidrBlock=new["destinationCidrBlock"],
            **_target(new),
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ec2").delete_route(
            RouteTableId=state["routeTableId"], DestinationCidrBlock=state["destinationCidrBlock"]
        )


def _target(new: Props) -> dict[str, str]:
    return {capital(name): new[name] for name in TARGETS if new.get(name)}


class RouteTableAssociation(Handler):
    """aws.ec2.RouteTableAssociation, found by its subnet: AWS gives it a new id when the table changes."""

    type = "aws:ec2/routeTableAssociation:RouteTableAssociation"
    inputs = words("routeTableId subnetId")
    replace = words("subnetId")

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("ec2").associate_route_table(
            RouteTableId=new["routeTableId"], SubnetId=new["subnetId"]
        )
        return str(answer["AssociationId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = self._association(aws, state["subnetId"])
        return found and picked(found, routeTableId="RouteTableId", subnetId="SubnetId")

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        found = self._association(aws, new["subnetId"]) or {}
        aws("ec2").replace_route_table_association(
            AssociationId=found.get("RouteTableAssociationId", identity),
            RouteTableId=new["routeTableId"],
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if found := self._association(aws, state["subnetId"]):
            aws("ec2").disassociate_route_table(AssociationId=found["RouteTableAssociationId"])

    @staticmethod
    def _association(aws: Aws, subnet: str) -> Props | None:
        of_subnet = {"Name": "association.subnet-id", "Values": [subnet]}
        for table in aws("ec2").describe_route_tables(Filters=[of_subnet])["RouteTables"]:
            for association in table["Associations"]:
                if association.get("SubnetId") == subnet:
                    return dict(association)
        return None


HANDLERS: Final = (RouteTable(), Route(), RouteTableAssociation())
