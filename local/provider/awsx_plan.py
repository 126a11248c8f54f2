"""What the arguments of `awsx.ec2.Vpc` say, checked: which subnets, in which zones, with which way out.

Only the explicit layout is known, in which every group has one CIDR block per zone. Anything else is refused with a
sentence that names what is supported, so that a program never gets a layout the real component would not give it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

# The arguments that go to the VPC as they are.
VPC_ARGUMENTS: Final = ("enableDnsHostnames", "enableDnsSupport", "instanceTenancy")
ARGUMENTS: Final = frozenset(
    {
        "availabilityZoneNames",
        "cidrBlock",
        "natGateways",
        "subnetSpecs",
        "subnetStrategy",
        "tags",
        *VPC_ARGUMENTS,
    }
)
SPEC_ARGUMENTS: Final = frozenset({"cidrBlocks", "name", "tags", "type"})
# The order in which awsx makes the subnets of a zone: a NAT gateway must be there before a private route uses it.
TIERS: Final = ("Public", "Private", "Isolated")
NAT_STRATEGIES: Final = ("None", "Single", "OnePerAz")


class LayoutError(ValueError):
    """The arguments ask for a VPC that cannot be laid out here; the text names what can."""


@dataclass(frozen=True, kw_only=True)
class Subnet:
    """One subnet: `nat_gateway` is the gateway that stands in it, `egress` the one its traffic leaves by."""

    name: str
    type: str
    zone: str
    cidr: str
    tags: dict[str, Any]
    nat_gateway: str = ""
    egress: str = ""


@dataclass(frozen=True)
class Plan:
    """The inputs of the VPC itself, and its subnets zone by zone."""

    vpc: dict[str, Any]
    subnets: tuple[Subnet, ...]


def plan(name: str, inputs: Mapping[str, Any]) -> Plan:
    """Read the subnets that the arguments of a VPC of that name ask for."""
    _refuse_unknown("argument", set(inputs), ARGUMENTS)
    if not isinstance(inputs.get("tags") or {}, Mapping):
        raise LayoutError("tags must be known: a map of texts, not one that a resource gives")
    if inputs.get("subnetStrategy") != "Auto":
        raise LayoutError(
            f"subnetStrategy {inputs.get('subnetStrategy')!r} is not supported, only 'Auto' with cidrBlocks"
        )
    zones: Sequence[str] = inputs.get("availabilityZoneNames") or ()
    if not zones:
        raise LayoutError("availabilityZoneNames must list the zones, none is chosen here")
    specs: Sequence[Mapping[str, Any]] = inputs.get("subnetSpecs") or ()
    if not specs:
        raise LayoutError("subnetSpecs must list the groups, each with its cidrBlocks")
    for index, spec in enumerate(specs):
        _check_spec(index, spec, zones)
    gateways = _gateways(name, inputs, specs, zones)
    ordered = sorted(specs, key=lambda each: TIERS.index(each["type"]))
    subnets = tuple(
        # The first group of a zone hosts its gateway: it is a public one wherever there are gateways.
        _subnet(name, spec, index, zone, gateways, hosts=position == 0)
        for index, zone in enumerate(zones)
        for position, spec in enumerate(ordered)
    )
    _refuse_overlaps(subnets)
    passed_on = {key: inputs[key] for key in VPC_ARGUMENTS if key in inputs}
    return Plan({"cidrBlock": inputs.get("cidrBlock", "10.0.0.0/16"), **passed_on}, subnets)


def _refuse_unknown(what: str, given: set[str], known: frozenset[str]) -> None:
    if unknown := sorted(given - known):
        raise LayoutError(
            f"{what} {', '.join(unknown)} is not supported, only {', '.join(sorted(known))}"
        )


def _check_spec(index: int, spec: Mapping[str, Any], zones: Sequence[str]) -> None:
    where = f"subnetSpecs[{index}]"
    _refuse_unknown(where, set(spec), SPEC_ARGUMENTS)
    if spec.get("type") not in TIERS:
        raise LayoutError(f"{where} has type {spec.get('type')!r}, allowed is {', '.join(TIERS)}")
    blocks = spec.get("cidrBlocks")
    if not blocks:
        raise LayoutError(f"{where} has no cidrBlocks; every group must have one block per zone")
    if len(blocks) != len(zones):
        raise LayoutError(f"{where} has {len(blocks)} cidrBlocks for {len(zones)} zones")


def _gateways(
    name: str, inputs: Mapping[str, Any], specs: Sequence[Mapping[str, Any]], zones: Sequence[str]
) -> list[str]:
    """Name the NAT gateway that each zone uses, "" for none."""
    configuration = inputs.get("natGateways") or {}
    _refuse_unknown("natGateways", set(configuration), frozenset({"strategy"}))
    strategy = configuration.get("strategy", "OnePerAz")
    if strategy not in NAT_STRATEGIES:
        raise LayoutError(
            f"natGateways.strategy is {strategy!r}, allowed is {', '.join(NAT_STRATEGIES)}"
        )
    if strategy == "None":
        return [""] * len(zones)
    if not {"Public", "Private"} <= {spec["type"] for spec in specs}:
        raise LayoutError(f"natGateways.strategy {strategy!r} needs a Public and a Private group")
    return [f"{name}-{1 if strategy == 'Single' else index + 1}" for index in range(len(zones))]


def _subnet(
    name: str, spec: Mapping[str, Any], index: int, zone: str, gateways: list[str], *, hosts: bool
) -> Subnet:
    group = spec.get("name", spec["type"].lower())
    own = f"{name}-{index + 1}"
    return Subnet(
        name=f"{name}-{group}-{index + 1}",
        type=spec["type"],
        zone=zone,
        cidr=spec["cidrBlocks"][index],
        tags=dict(spec.get("tags") or {}),
        nat_gateway=own if hosts and gateways[index] == own else "",
        egress=gateways[index] if spec["type"] == "Private" else "",
    )


def _refuse_overlaps(subnets: tuple[Subnet, ...]) -> None:
    taken: list[tuple[ipaddress.IPv4Network, str]] = []
    for subnet in subnets:
        network = ipaddress.IPv4Network(subnet.cidr)
        for other, name in taken:
            if network.overlaps(other):
                raise LayoutError(f"{subnet.name} ({network}) overlaps {name} ({other})")
        taken.append((network, subnet.name))
