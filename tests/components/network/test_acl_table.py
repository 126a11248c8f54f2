"""The tables are stateless, so what counts is whether a request *and* its answer pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from ipaddress import IPv4Address, IPv4Network

import pytest

from components.network.acl_table import ACL_TABLES, AclEntry, AclRule, AclTable, acl_entries
from components.network.address_plan import TierName, address_plan

PLAN = address_plan("10.20.0.0/16")
# One address in the first and one in the second zone of each tier, and one of S3's.
HERE = {name: IPv4Network(tier.zone_cidrs[0])[10] for name, tier in PLAN.items()}
THERE = {name: IPv4Network(tier.zone_cidrs[1])[10] for name, tier in PLAN.items()}
OUTSIDE = IPv4Address("52.218.1.1")
# What callers pick as their own port: Linux (so Fargate), and load balancers and Lambda functions.
FARGATE, AWS_MADE = (32768, 60999), (1024, 65535)
Tables = Mapping[TierName, AclTable]
RULES = [
    pytest.param(tier, direction, rule, id=f"{tier} {direction} {rule.number}")
    for tier, table in ACL_TABLES.items()
    for direction, rules in (("ingress", table.ingress), ("egress", table.egress))
    for rule in rules
]


def _admits(rules: Iterable[AclRule], peer: IPv4Address, port: int) -> bool:
    entries: list[AclEntry] = sorted(acl_entries(rules, PLAN), key=lambda each: each["rule_no"])
    for entry in entries:
        known = peer in IPv4Network(entry["cidr_block"])
        if known and entry["from_port"] <= port <= entry["to_port"]:
            return entry["action"] == "allow"
    return False


def _tier(address: IPv4Address) -> TierName | None:
    return next((name for name, tier in PLAN.items() if address in IPv4Network(tier.cidr)), None)


def _passes(tables: Tables, source: IPv4Address, target: IPv4Address, port: int) -> bool:
    """Whether a packet leaves the source's subnet and enters the target's; other tiers let everything pass."""
    leaving, entering = (tables.get(_tier(each) or "public") for each in (source, target))
    return (leaving is None or _admits(leaving.egress, target, port)) and (
        entering is None or _admits(entering.ingress, source, port)
    )


def _connects(
    caller: IPv4Address,
    callee: IPv4Address,
    port: int,
    own_port: int,
    tables: Tables = ACL_TABLES,
) -> bool:
    request = _passes(tables, caller, callee, port)
    return request and _passes(tables, callee, caller, own_port)


FLOWS = {
    "service to database": (HERE["private"], THERE["data"], 5433, FARGATE),
    "function to database": (HERE["private"], THERE["data"], 5433, AWS_MADE),
    "load balancer to card": (HERE["public"], THERE["card"], 8000, AWS_MADE),
    "service to card service": (HERE["private"], THERE["card"], 8000, FARGATE),
    "service to card database": (HERE["private"], THERE["card"], 5433, FARGATE),
    "card to its database": (HERE["card"], THERE["card"], 5433, FARGATE),
    "card to an endpoint": (HERE["card"], THERE["private"], 443, FARGATE),
    "card to S3": (HERE["card"], OUTSIDE, 443, FARGATE),
}


@pytest.mark.parametrize(("caller", "callee", "port", "own_ports"), FLOWS.values(), ids=FLOWS)
def test_what_the_services_need_passes_both_ways(
    caller: IPv4Address, callee: IPv4Address, port: int, own_ports: tuple[int, int]
) -> None:
    assert all(_connects(caller, callee, port, own_port) for own_port in own_ports)


def _without_s3(table: AclTable) -> AclTable:
    ingress, egress = (
        tuple(rule for rule in rules if rule.peer != "s3")
        for rules in (table.ingress, table.egress)
    )
    return replace(table, ingress=ingress, egress=egress)


@pytest.mark.parametrize(("caller", "callee", "port", "own_ports"), FLOWS.values(), ids=FLOWS)
def test_no_flow_inside_the_vpc_leans_on_the_rules_for_s3(
    caller: IPv4Address, callee: IPv4Address, port: int, own_ports: tuple[int, int]
) -> None:
    tables: Tables = {tier: _without_s3(table) for tier, table in ACL_TABLES.items()}

    assert _connects(caller, callee, port, own_ports[0], tables) is (callee != OUTSIDE)


@pytest.mark.parametrize(
    ("caller", "callee", "port"),
    [
        pytest.param(HERE["card"], THERE["data"], 5433, id="card to the other databases"),
        pytest.param(HERE["data"], THERE["card"], 5433, id="databases to the card database"),
        pytest.param(HERE["public"], THERE["data"], 5433, id="public to a database"),
        pytest.param(HERE["public"], THERE["card"], 5433, id="public to the card database"),
        pytest.param(HERE["private"], THERE["data"], 443, id="database port range only"),
        pytest.param(HERE["private"], THERE["data"], 5440, id="above the database ports"),
        pytest.param(HERE["card"], THERE["private"], 8000, id="card to another service"),
        pytest.param(HERE["data"], THERE["private"], 8000, id="database to a service"),
        pytest.param(HERE["data"], OUTSIDE, 443, id="database to the internet"),
        pytest.param(HERE["card"], OUTSIDE, 80, id="card to the internet"),
        pytest.param(OUTSIDE, HERE["data"], 5433, id="internet to a database"),
        pytest.param(OUTSIDE, HERE["card"], 8000, id="internet to the card service"),
        *(
            pytest.param(HERE[source], THERE[target], port, id=f"{source} to {target} {port}")
            for source in ("public", "private", "data", "card")
            for target in ("data", "card")
            for port in (22, 3389)
        ),
    ],
)
def test_everything_else_is_dropped(caller: IPv4Address, callee: IPv4Address, port: int) -> None:
    assert not any(_connects(caller, callee, port, own_port) for own_port in (40000, *FARGATE))


def test_the_data_tier_knows_no_address_outside_the_vpc() -> None:
    table = ACL_TABLES["data"]

    assert {rule.peer for rule in (*table.ingress, *table.egress)} == {"private"}


def test_a_rule_becomes_what_aws_takes() -> None:
    assert acl_entries(ACL_TABLES["data"].ingress, PLAN) == [
        {
            "rule_no": 100,
            "action": "allow",
            "protocol": "tcp",
            "cidr_block": "10.20.128.0/17",
            "from_port": 5432,
            "to_port": 5439,
        }
    ]


@pytest.mark.parametrize("tier", ACL_TABLES)
def test_a_table_fits_the_quota_and_numbers_each_rule_once(tier: TierName) -> None:
    for rules in (ACL_TABLES[tier].ingress, ACL_TABLES[tier].egress):
        numbers = [rule.number for rule in rules]
        assert numbers == sorted(set(numbers))
        assert len(numbers) <= 20  # AWS's quota for a direction


def _carries(direction: str, rule: AclRule, tier: TierName) -> bool:
    """Whether a flow rests on the rule, as its request or as its answer: with the very peer that the rule names."""
    for caller, callee, port, own_ports in FLOWS.values():
        # Seen from the caller, requests leave to the fixed port; seen from the callee, answers leave to the caller's.
        for near, far, outward, inward in (
            (caller, callee, port, own_ports[0]),
            (callee, caller, own_ports[0], port),
        ):
            passing = outward if direction == "egress" else inward
            peers = _tier(near) == tier and (_tier(far) or "s3") == rule.peer
            if peers and rule.ports[0] <= passing <= rule.ports[1]:
                return True
    return False


@pytest.mark.parametrize(("tier", "direction", "rule"), RULES)
def test_every_rule_carries_a_flow_and_says_why(
    tier: TierName, direction: str, rule: AclRule
) -> None:
    assert _carries(direction, rule, tier)
    assert rule.reason
