from __future__ import annotations

from typing import Any

import pytest

from components.network.acl_table import ACL_TABLES, acl_entries
from components.network.address_plan import TierName, address_plan
from components.network.network import Network
from tests.components.network.sample import (
    ACL,
    DEFAULT_GROUP,
    ZONES,
    network,
    network_args,
)
from tests.engine.lint import unknown_properties
from tests.engine.recording import record
from tests.engine.values import UNKNOWN

COMPONENT = "turnstay:network:Network"


def _camel(entry: dict[str, Any]) -> dict[str, Any]:
    names = {
        "rule_no": "ruleNo",
        "cidr_block": "cidrBlock",
        "from_port": "fromPort",
        "to_port": "toPort",
    }
    return {names.get(key, key): value for key, value in entry.items()}


def test_the_default_security_group_lets_nothing_in_or_out() -> None:
    assert network().one(DEFAULT_GROUP, "network-default-group").inputs == {
        "vpcId": "network-vpc-id",
        "ingress": [],
        "egress": [],
        "tags": {"Name": "network-default-closed"},
    }


@pytest.mark.parametrize("tier", ["data", "card"])
def test_the_subnets_of_an_isolated_tier_have_its_acl(tier: TierName) -> None:
    table, plan = ACL_TABLES[tier], address_plan("10.20.0.0/16")

    assert network().one(ACL, f"network-{tier}-acl").inputs == {
        "vpcId": "network-vpc-id",
        "subnetIds": [f"network-vpc-{tier}-1-id", f"network-vpc-{tier}-2-id"],
        "ingress": [_camel(dict(entry)) for entry in acl_entries(table.ingress, plan)],
        "egress": [_camel(dict(entry)) for entry in acl_entries(table.egress, plan)],
        "tags": {"Name": f"network-{tier}-acl"},
    }


def test_a_third_zone_changes_no_rule() -> None:
    for tier in ("data", "card"):
        two, three = (
            network(availability_zones=zones).one(ACL, f"network-{tier}-acl").inputs
            for zones in (ZONES[:2], ZONES)
        )
        assert (two["ingress"], two["egress"]) == (three["ingress"], three["egress"])


def test_it_gives_what_other_components_build_on() -> None:
    recording = network(interface_endpoints=("logs",))

    assert recording.outputs[recording.one(COMPONENT, "network").urn] == {
        "vpc_id": "network-vpc-id",
        "public_subnet_ids": ["network-vpc-public-1-id", "network-vpc-public-2-id"],
        "private_subnet_ids": ["network-vpc-private-1-id", "network-vpc-private-2-id"],
        "data_subnet_ids": ["network-vpc-data-1-id", "network-vpc-data-2-id"],
        "card_subnet_ids": ["network-vpc-card-1-id", "network-vpc-card-2-id"],
        "nat_gateway_ids": ["network-vpc-1-id"],
        "s3_prefix_list_id": "network-endpoints-s3-prefix-list",
        "endpoints_security_group_id": "network-endpoints-group-id",
    }


def test_there_is_no_endpoints_group_without_endpoints() -> None:
    recording = network()
    outputs = recording.outputs[recording.one(COMPONENT, "network").urn]

    assert "endpoints_security_group_id" not in outputs


def test_two_networks_live_in_one_program() -> None:
    def program() -> None:
        for name, cidr in (("one", "10.20.0.0/16"), ("two", "10.21.0.0/16")):
            Network(name, network_args(cidr=cidr, flow_log_group_name=f"/{name}"))

    recording = record(program)

    for name, block in (("one", "10.20.128.0/17"), ("two", "10.21.128.0/17")):
        acl = recording.one(ACL, f"{name}-data-acl").inputs
        assert acl["vpcId"] == f"{name}-vpc-id"
        assert acl["subnetIds"] == [f"{name}-vpc-data-1-id", f"{name}-vpc-data-2-id"]
        assert [rule["cidrBlock"] for rule in acl["ingress"]] == [block]


def test_a_preview_of_a_new_network_knows_every_rule() -> None:
    acl = network(preview=True).one(ACL, "network-card-acl").inputs

    assert acl["subnetIds"] is UNKNOWN
    assert acl["ingress"] == network().one(ACL, "network-card-acl").inputs["ingress"]


def test_no_input_is_misspelt() -> None:
    recording = network(interface_endpoints=("logs",))
    registrations = recording.registrations.values()

    assert [found for each in registrations for found in unknown_properties(each)] == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"availability_zones": ZONES[:1]}, "2 to 4 different zones, got"),
        ({"availability_zones": [*ZONES, "eu-west-1d", "eu-west-1e"]}, "2 to 4 different zones"),
        ({"availability_zones": ["eu-west-1a", "eu-west-1a"]}, "2 to 4 different zones"),
        ({"availability_zones": ["eu-west-1a", "eu-west-2b"]}, r"eu-west-1, got \['eu-west-2b'\]"),
        ({"nat_gateways": "none"}, "one of .*'one_per_zone'.*, got 'none'"),
    ],
)
def test_arguments_that_make_no_network_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        network_args(**changes)
