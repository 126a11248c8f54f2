"""Controls on the network: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration

VPC: Final = "aws:ec2/vpc:Vpc"
SUBNET: Final = "aws:ec2/subnet:Subnet"
GROUP: Final = "aws:ec2/securityGroup:SecurityGroup"
DEFAULT_GROUP: Final = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ASSOCIATION: Final = "aws:ec2/routeTableAssociation:RouteTableAssociation"
ROUTE: Final = "aws:ec2/route:Route"
ROUTE_TABLE: Final = "aws:ec2/routeTable:RouteTable"
LOAD_BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"


def identity(registration: Registration) -> str:
    """The id that a recorded resource has."""
    return f"{registration.name}-id"


def default_groups_are_closed(recording: Recording) -> list[str]:
    """EC2.2."""
    groups = {each.inputs["vpcId"]: each for each in recording.all(DEFAULT_GROUP)}
    findings = [
        f"{vpc.name}: its default group is not taken over"
        for vpc in recording.all(VPC)
        if identity(vpc) not in groups
    ]
    for group in groups.values():
        # A missing list would leave rules alone that somebody adds.
        open_ = [side for side in ("ingress", "egress") if group.inputs.get(side) != []]
        findings += [f"{group.name}: {side} is not empty" for side in open_]
    return findings


def nothing_is_open_to_the_world(recording: Recording) -> list[str]:
    """EC2.13, 14, 18, 19, 53, 54: from everywhere only HTTPS to an internet-facing load balancer."""
    public = {
        group
        for each in recording.all(LOAD_BALANCER)
        if each.inputs.get("internal") is not True
        for group in each.inputs.get("securityGroups", [])
    }
    findings = []
    for rule in recording.all(INGRESS):
        inputs = rule.inputs
        everywhere = [inputs.get(key, "") for key in ("cidrIpv4", "cidrIpv6")]
        if not any(each.endswith("/0") for each in everywhere):
            continue
        https = (inputs["ipProtocol"], inputs.get("fromPort"), inputs.get("toPort"))
        if https != ("tcp", 443, 443) or inputs["securityGroupId"] not in public:
            findings.append(f"{rule.name}: open to the world")
    for group in recording.all(GROUP):
        inline = [side for side in ("ingress", "egress") if group.inputs.get(side)]
        findings += [f"{group.name}: {side} rules inline" for side in inline]
    return findings


def no_subnet_gives_public_addresses(recording: Recording) -> list[str]:
    """EC2.15."""
    return [
        f"{each.name}: public addresses on launch"
        for each in recording.all(SUBNET)
        if each.inputs.get("mapPublicIpOnLaunch") is not False
    ]


def isolated_tiers_have_no_way_out(recording: Recording) -> list[str]:
    """CDE-7 and RDS.46, stricter: no route at all beside those of the VPC and of gateway endpoints."""
    findings = []
    tables = {each.inputs["subnetId"]: each for each in recording.all(ASSOCIATION)}
    for tier in ("data", "card"):
        subnets = list(subnets_of(recording, tier))
        if not subnets:
            findings.append(f"there is no {tier} subnet")
        for subnet in subnets:
            if identity(subnet) not in tables:
                findings.append(f"{subnet.name}: follows the main route table")
                continue
            table = tables[identity(subnet)].inputs["routeTableId"]
            findings += [
                f"{subnet.name}: {route.name} leads out"
                for route in recording.all(ROUTE)
                if route.inputs["routeTableId"] == table
            ]
            findings += [
                f"{subnet.name}: routes inline"
                for each in recording.all(ROUTE_TABLE)
                if identity(each) == table and each.inputs.get("routes")
            ]
    return findings


def subnets_of(recording: Recording, tier: str) -> Iterator[Registration]:
    """The subnets whose Name tag says that they are of a tier."""
    for each in recording.all(SUBNET):
        if re.search(rf"-{tier}-\d+$", each.inputs["tags"]["Name"]):
            yield each


def what_holds_addresses_is_protected(recording: Recording) -> list[str]:
    """Replacing a VPC or subnet replaces all in it; routes and gateways must stay changeable.

    For stacks whose settings ask for protection.
    """
    changeable = {"aws:ec2/natGateway:NatGateway", "aws:ec2/eip:Eip", ROUTE, ROUTE_TABLE}
    kinds = {VPC: True, SUBNET: True} | dict.fromkeys(changeable, False)
    return [
        f"{each.name} ({each.type}): protect is {each.protect}"
        for each in recording.registrations.values()
        if each.type in kinds and each.protect is not kinds[each.type]
    ]
