"""Who can open a connection to whom, computed from the rules of the security groups alone.

A connection from one group to another needs a rule out of the first and a rule into the second that agree on a port.
A rule names the other side by its group, or by addresses; addresses may be anybody's, so such a rule fits every group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from tests.engine.recording import Recording
from tests.engine.registration import Registration

GROUP: Final = "aws:ec2/securityGroup:SecurityGroup"
INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
ADDRESSES: Final = ("cidrIpv4", "cidrIpv6", "prefixListId")
EVERY_PORT: Final = (0, 65535)


class Flow(NamedTuple):
    """A way from one group or range of addresses to another."""

    source: str
    target: str
    ports: tuple[int, int]


@dataclass(frozen=True)
class _Rule:
    group: str
    other: str
    by_address: bool
    ports: tuple[int, int]


def flows(recording: Recording) -> set[Flow]:
    """Every way between two groups, and between a group and addresses."""
    names = {f"{each.name}-id": each.name for each in recording.all(GROUP)}
    out = [_rule(each, names) for each in recording.all(EGRESS)]
    into = [_rule(each, names) for each in recording.all(INGRESS)]
    found = {Flow(each.other, each.group, each.ports) for each in into if each.by_address}
    found |= {Flow(each.group, each.other, each.ports) for each in out if each.by_address}
    return found | set(_between_groups(out, into))


def _between_groups(out: list[_Rule], into: list[_Rule]) -> Iterator[Flow]:
    for leaves in out:
        for enters in into:
            ports = _common(leaves.ports, enters.ports)
            leads_there = leaves.by_address or leaves.other == enters.group
            is_let_in = enters.by_address or enters.other == leaves.group
            if ports and leads_there and is_let_in:
                yield Flow(leaves.group, enters.group, ports)


def _common(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int] | None:
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else None


def _rule(registration: Registration, names: dict[str, str]) -> _Rule:
    inputs = registration.inputs
    group = inputs.get("referencedSecurityGroupId")
    addresses = [inputs[key] for key in ADDRESSES if inputs.get(key)]
    if bool(group) == bool(addresses) or len(addresses) > 1:
        raise ValueError(f"{registration.name}: a rule has one other side, got {inputs}")
    return _Rule(
        group=names[inputs["securityGroupId"]],
        other=names[group] if group else addresses[0],
        by_address=not group,
        ports=_ports(inputs),
    )


def _ports(inputs: dict[str, Any]) -> tuple[int, int]:
    """With -1, or without ports, AWS means all of them."""
    if inputs["ipProtocol"] == "-1" or inputs.get("fromPort") is None:
        return EVERY_PORT
    return (inputs["fromPort"], inputs["toPort"])
