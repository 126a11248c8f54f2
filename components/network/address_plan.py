"""Where the addresses of each tier lie.

Every tier has a block of its own with room for four zones, so a further zone only adds subnets and no rule that names a
tier's block ever changes. Of the VPC's eight equal parts the private tier has the upper four, because every task takes
an address there; public, data and card have one each, and one is spare for a tier to come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final, Literal

TierName = Literal["public", "private", "data", "card"]
TIERS: Final[tuple[TierName, ...]] = ("public", "private", "data", "card")
"""In the order awsx is given them. Append only: ids are found by their position (zone_order.py)."""

ZONES: Final = 4
LARGEST_PREFIX: Final = 16
"""AWS's largest VPC."""
SMALLEST_PREFIX: Final = 22
"""Gives the load balancer's subnets a /27, the smallest that AWS accepts for one."""


@dataclass(frozen=True, kw_only=True)
class Tier:
    """The addresses of one tier."""

    name: TierName
    cidr: str
    """All zones, those that are not used yet included."""
    zone_cidrs: tuple[str, ...]
    """One block for each of the four zones."""


def address_plan(cidr: str) -> Mapping[TierName, Tier]:
    """Divide a VPC's range among the tiers, in the order of TIERS."""
    try:
        vpc = IPv4Network(cidr)
    except ValueError as error:
        raise ValueError(f"cidr is an IPv4 network such as 10.20.0.0/16, got {cidr!r}") from error
    if not LARGEST_PREFIX <= vpc.prefixlen <= SMALLEST_PREFIX:
        raise ValueError(f"cidr is a /{LARGEST_PREFIX} to /{SMALLEST_PREFIX}, got {cidr}")
    _, upper_half = vpc.subnets(prefixlen_diff=1)
    eighths = list(vpc.subnets(prefixlen_diff=3))
    blocks: dict[TierName, IPv4Network] = {
        "public": eighths[0],
        "private": upper_half,
        "data": eighths[1],
        "card": eighths[2],
    }
    return {name: _tier(name, blocks[name]) for name in TIERS}


def _tier(name: TierName, block: IPv4Network) -> Tier:
    quarters = block.subnets(prefixlen_diff=2)
    return Tier(name=name, cidr=str(block), zone_cidrs=tuple(map(str, quarters)))
