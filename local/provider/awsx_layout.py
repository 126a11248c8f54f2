"""The children that `awsx.ec2.Vpc` registers for the one layout this project uses, as plain data.

No Pulumi in here: whoever registers children (the stand-in plugin, a recording monitor in a test) walks the list.

    children = layout("network", inputs)        # inputs: camelCase, as the engine hands them to a component
    for child in children:                      # parents and whatever is referred to come first
        parent = urns[child.parent] if child.parent else component_urn
        depends_on = [urns[key] for key in child.depends_on]
        register(child.type, child.name, resolve(child.inputs), parent, depends_on)
    register_outputs(resolve(outputs(children, inputs)))

`resolve` replaces each `Ref` it meets, at any depth: `Ref(key, "id")` is the id of the child with that key,
`Ref(key, "allocationId")` an output of it, and `Ref(key)` the child itself, a resource reference.
A child's `key` is `(type, name)`, which is unique in the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from local.provider.awsx_plan import LayoutError, Subnet, plan

Key: TypeAlias = tuple[str, str]
Inputs: TypeAlias = Mapping[str, Any]

TYPE: Final = "awsx:ec2:Vpc"
VPC: Final = "aws:ec2/vpc:Vpc"
SUBNET: Final = "aws:ec2/subnet:Subnet"
ROUTE_TABLE: Final = "aws:ec2/routeTable:RouteTable"
ASSOCIATION: Final = "aws:ec2/routeTableAssociation:RouteTableAssociation"
ROUTE: Final = "aws:ec2/route:Route"
INTERNET_GATEWAY: Final = "aws:ec2/internetGateway:InternetGateway"
EIP: Final = "aws:ec2/eip:Eip"
NAT_GATEWAY: Final = "aws:ec2/natGateway:NatGateway"

__all__ = ["Child", "Key", "LayoutError", "Ref", "layout", "outputs"]


@dataclass(frozen=True)
class Ref:
    """A value that is known once the child with that key is registered; without a property, the child itself."""

    key: Key
    property: str = ""


@dataclass(frozen=True, kw_only=True)
class Child:
    """One resource to register; `parent` is None for the component itself."""

    type: str
    name: str
    parent: Key | None
    inputs: dict[str, Any]

    @property
    def key(self) -> Key:
        """What a `Ref` and a `parent` call this child by."""
        return (self.type, self.name)

    @property
    def depends_on(self) -> tuple[Key, ...]:
        """The children named as explicit dependencies: awsx names the parent, and nothing else."""
        return (self.parent,) if self.parent else ()


def layout(name: str, inputs: Inputs) -> list[Child]:
    """Lay out the children of a VPC of that name, in an order in which they can be registered.

    Raises LayoutError for whatever the real component would refuse, and for every layout but the explicit one.
    """
    planned = plan(name, inputs)
    tags = dict(inputs.get("tags") or {})
    shared = {"Name": name, **tags}
    vpc = Child(type=VPC, name=name, parent=None, inputs={**planned.vpc, "tags": shared})
    gateway = Child(
        type=INTERNET_GATEWAY,
        name=name,
        parent=vpc.key,
        inputs={"vpcId": Ref(vpc.key, "id"), "tags": shared},
    )
    children = [vpc, gateway]
    for subnet in planned.subnets:
        children += _tier(subnet, vpc.key, shared)
        table = children[-2].key  # the route table; the association comes after it
        if subnet.nat_gateway:
            children += _nat_gateway(subnet, tags)
        if subnet.type == "Public":
            children.append(_route(subnet, table, "gatewayId", gateway.key))
        elif subnet.type == "Private" and subnet.egress:
            children.append(_route(subnet, table, "natGatewayId", (NAT_GATEWAY, subnet.egress)))
    return children


def _tier(subnet: Subnet, vpc: Key, shared: dict[str, Any]) -> list[Child]:
    """Give each subnet a route table of its own."""
    vpc_id = Ref(vpc, "id")
    name_and_type = {"Name": subnet.name, "SubnetType": subnet.type}
    range_ = Child(
        type=SUBNET,
        name=subnet.name,
        parent=vpc,
        inputs={
            "vpcId": vpc_id,
            "availabilityZone": subnet.zone,
            "cidrBlock": subnet.cidr,
            "mapPublicIpOnLaunch": subnet.type == "Public",
            "assignIpv6AddressOnCreation": False,
            "tags": {**shared, **subnet.tags, **name_and_type},
        },
    )
    table = Child(
        type=ROUTE_TABLE,
        name=subnet.name,
        parent=range_.key,
        inputs={"vpcId": vpc_id, "tags": {**shared, **name_and_type}},
    )
    association = Child(
        type=ASSOCIATION,
        name=subnet.name,
        parent=table.key,
        inputs={"routeTableId": Ref(table.key, "id"), "subnetId": Ref(range_.key, "id")},
    )
    return [range_, table, association]


def _nat_gateway(subnet: Subnet, tags: dict[str, Any]) -> list[Child]:
    """Put a NAT gateway with an address into a public subnet."""
    name, parent = subnet.nat_gateway, (SUBNET, subnet.name)
    named = {**tags, "Name": name}
    address = Child(type=EIP, name=name, parent=parent, inputs={"tags": named})
    gateway = Child(
        type=NAT_GATEWAY,
        name=name,
        parent=parent,
        inputs={
            "subnetId": Ref(parent, "id"),
            "allocationId": Ref(address.key, "allocationId"),
            "tags": named,
        },
    )
    return [address, gateway]


def _route(subnet: Subnet, table: Key, through: str, target: Key) -> Child:
    return Child(
        type=ROUTE,
        name=subnet.name,
        parent=table,
        inputs={
            "routeTableId": Ref(table, "id"),
            "destinationCidrBlock": "0.0.0.0/0",
            through: Ref(target, "id"),
        },
    )


def outputs(children: list[Child], inputs: Inputs) -> dict[str, Any]:
    """Refer to what the component gives back: ids and whole resources, zone by zone."""

    def all_of(kind: str) -> list[Ref]:
        return [Ref(each.key) for each in children if each.type == kind]

    def subnets(tier: str) -> list[Key]:
        found = [each for each in children if each.type == SUBNET]
        return [each.key for each in found if each.inputs["tags"]["SubnetType"] == tier]

    vpc = next(each.key for each in children if each.type == VPC)
    gateway = next(each.key for each in children if each.type == INTERNET_GATEWAY)
    by_tier: dict[str, Any] = {}
    for tier in ("Public", "Private", "Isolated"):
        by_tier[f"{tier.lower()}SubnetIds"] = [Ref(key, "id") for key in subnets(tier)]
        by_tier[f"{tier.lower()}Subnets"] = [Ref(key) for key in subnets(tier)]
    return {
        "vpc": Ref(vpc),
        "vpcId": Ref(vpc, "id"),
        "internetGateway": Ref(gateway),
        "subnets": all_of(SUBNET),
        "routeTables": all_of(ROUTE_TABLE),
        "routeTableAssociations": all_of(ASSOCIATION),
        "routes": all_of(ROUTE),
        "eips": all_of(EIP),
        "natGateways": all_of(NAT_GATEWAY),
        "vpcEndpoints": [],
        "subnetLayout": [
            {key: spec[key] for key in ("cidrBlocks", "name", "type") if key in spec}
            for spec in inputs["subnetSpecs"]
        ],
        **by_tier,
    }
