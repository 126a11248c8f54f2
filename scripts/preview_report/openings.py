"""Who may reach whom on which port, read from whatever resource says it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from scripts.preview_report.values import Json, is_unknown, items, mapping, number, texts

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
Direction = Literal["in", "out"]

INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
RULE: Final = "aws:ec2/securityGroupRule:SecurityGroupRule"
ACL_RULE: Final = "aws:ec2/networkAclRule:NetworkAclRule"
GROUPS: Final = frozenset(
    {
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        "aws:ec2/networkAcl:NetworkAcl",
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    }
)
ADDRESSES: Final = (
    "cidrIpv4",
    "cidrIpv6",
    "cidrBlock",
    "ipv6CidrBlock",
    "cidrBlocks",
    "ipv6CidrBlocks",
)
# Behind each of these stands a list or a group that the preview does not show.
NAMES: Final = ("referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups")
LISTS: Final = ("prefixListId", "prefixListIds")
ALL: Final = frozenset({"-1", "all"})
PORTS: Final = (0, 65535)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """One peer on one range of ports; None is what is known only after the update."""

    direction: Direction
    peer: Network | str | None
    protocol: str
    ports: tuple[int, int] | None

    def __str__(self) -> str:
        peer = "somebody known only afterwards" if self.peer is None else str(self.peer)
        ports = "unknown ports" if self.ports is None else f"{self.ports[0]}-{self.ports[1]}"
        if self.ports and self.ports[0] == self.ports[1]:
            ports = str(self.ports[0])
        every = self.protocol in ALL
        way = "from" if self.direction == "in" else "to"
        return f"{way} {peer}, {'all protocols and ports' if every else f'{self.protocol} {ports}'}"


def openings(kind: str, inputs: Json) -> Iterator[Opening]:
    """Everything that a resource of this type opens."""
    if kind in (INGRESS, EGRESS):
        yield from _of(inputs, "in" if kind == INGRESS else "out")
    elif kind == RULE:
        yield from _of(inputs, "in" if inputs.get("type") == "ingress" else "out")
    elif kind == ACL_RULE:
        if inputs.get("ruleAction") != "deny":
            yield from _of(inputs, "out" if inputs.get("egress") is True else "in")
    elif kind in GROUPS:
        for key in ("ingress", "egress"):
            for each in items(inputs.get(key)):
                if mapping(each).get("action") != "deny":
                    yield from _of(mapping(each), "in" if key == "ingress" else "out")


def _of(rule: Json, direction: Direction) -> Iterator[Opening]:
    protocol = str(rule.get("ipProtocol", rule.get("protocol", "-1"))).lower()
    ports = None if is_unknown(protocol) else _ports(rule, protocol)
    for peer in _peers(rule):
        yield Opening(direction=direction, peer=peer, protocol=protocol, ports=ports)


def _ports(rule: Json, protocol: str) -> tuple[int, int] | None:
    low, high = rule.get("fromPort"), rule.get("toPort")
    if is_unknown(low) or is_unknown(high):
        return None
    first, last = number(low), number(high)
    if protocol in ALL or first is None or last is None or first < 0:
        return PORTS
    return int(first), int(last)


def _peers(rule: Json) -> Iterator[Network | str | None]:
    for key in ADDRESSES:
        for text in texts(rule.get(key)):
            if text:
                yield network(text)
    for key in (*NAMES, *LISTS):
        for text in texts(rule.get(key)):
            if text:
                yield f"{'prefix list' if key in LISTS else 'group'} {'made now' if is_unknown(text) else text}"
    if rule.get("self") is True:
        yield "group itself"


def network(text: str) -> Network | None:
    """The network, or None when it is not known or not to be read: never harmless."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
