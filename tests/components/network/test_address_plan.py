from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

import pytest

from components.network.address_plan import TIERS, address_plan


def test_a_sixteen_is_divided_as_documented() -> None:
    plan = address_plan("10.20.0.0/16")

    assert {name: (tier.cidr, tier.zone_cidrs) for name, tier in plan.items()} == {
        "public": (
            "10.20.0.0/19",
            ("10.20.0.0/21", "10.20.8.0/21", "10.20.16.0/21", "10.20.24.0/21"),
        ),
        "private": (
            "10.20.128.0/17",
            ("10.20.128.0/19", "10.20.160.0/19", "10.20.192.0/19", "10.20.224.0/19"),
        ),
        "data": (
            "10.20.32.0/19",
            ("10.20.32.0/21", "10.20.40.0/21", "10.20.48.0/21", "10.20.56.0/21"),
        ),
        "card": (
            "10.20.64.0/19",
            ("10.20.64.0/21", "10.20.72.0/21", "10.20.80.0/21", "10.20.88.0/21"),
        ),
    }


def test_the_tiers_come_in_the_order_that_awsx_is_given_them() -> None:
    assert tuple(address_plan("10.20.0.0/16")) == TIERS == ("public", "private", "data", "card")


@pytest.mark.parametrize("prefix", range(16, 23))
def test_blocks_lie_in_the_vpc_and_never_overlap(prefix: int) -> None:
    vpc = IPv4Network(f"10.20.0.0/{prefix}")
    tiers = address_plan(str(vpc)).values()
    blocks = [IPv4Network(cidr) for tier in tiers for cidr in tier.zone_cidrs]

    assert all(block.subnet_of(vpc) for block in blocks)
    assert not [pair for pair in combinations(blocks, 2) if pair[0].overlaps(pair[1])]
    for tier in tiers:
        assert all(IPv4Network(cidr).subnet_of(IPv4Network(tier.cidr)) for cidr in tier.zone_cidrs)


def test_the_smallest_vpc_still_holds_a_load_balancer() -> None:
    plan = address_plan("10.20.0.0/22")

    assert {IPv4Network(cidr).prefixlen for cidr in plan["public"].zone_cidrs} == {27}


@pytest.mark.parametrize(
    ("cidr", "message"),
    [
        ("10.20.0.0/15", "cidr is a /16 to /22, got 10.20.0.0/15"),
        ("10.20.0.0/23", "cidr is a /16 to /22, got 10.20.0.0/23"),
        ("10.20.0.1/16", "cidr is an IPv4 network such as 10.20.0.0/16, got '10.20.0.1/16'"),
        ("fd00::/16", "cidr is an IPv4 network"),
        ("ten", "cidr is an IPv4 network"),
    ],
)
def test_other_ranges_are_refused(cidr: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        address_plan(cidr)
