from __future__ import annotations

import pytest

from tests.components.network.sample import ROUTE, ROUTE_TABLE, SUBNET, ZONES, network
from tests.engine.recording import Recording
from tests.engine.values import UNKNOWN

AWSX = "awsx:ec2:Vpc"
COMPONENT = "turnstay:network:TieredVpc"
VPC = "aws:ec2/vpc:Vpc"
NAT = "aws:ec2/natGateway:NatGateway"
LISTS = (
    *("public_subnet_ids", "private_subnet_ids", "data_subnet_ids", "card_subnet_ids"),
    *("private_route_table_ids", "card_route_table_ids"),
)


def _outputs(recording: Recording) -> dict[str, object]:
    return recording.outputs[recording.one(COMPONENT, "network-vpc").urn]


def _by_identity(recording: Recording) -> dict[tuple[str, str], dict[str, object]]:
    return {(each.type, each.name): each.inputs for each in recording.registrations.values()}


def test_awsx_is_asked_for_everything_by_number_and_name() -> None:
    assert network().one(AWSX, "network-vpc").inputs == {
        "cidrBlock": "10.20.0.0/16",
        "enableDnsHostnames": True,
        "enableDnsSupport": True,
        "availabilityZoneNames": ["eu-west-1a", "eu-west-1b"],
        "natGateways": {"strategy": "Single"},
        "subnetStrategy": "Auto",
        "subnetSpecs": [
            {"name": "public", "type": "Public", "cidrBlocks": ["10.20.0.0/21", "10.20.8.0/21"]},
            {
                "name": "private",
                "type": "Private",
                "cidrBlocks": ["10.20.128.0/19", "10.20.160.0/19"],
            },
            {"name": "data", "type": "Isolated", "cidrBlocks": ["10.20.32.0/21", "10.20.40.0/21"]},
            {"name": "card", "type": "Isolated", "cidrBlocks": ["10.20.64.0/21", "10.20.72.0/21"]},
        ],
    }


@pytest.mark.parametrize("tier", ["public", "private", "data", "card"])
def test_the_ids_of_a_tier_are_those_whose_name_says_so_in_zone_order(tier: str) -> None:
    recording = network(availability_zones=ZONES)
    named = {
        each.inputs["availabilityZone"]: f"{each.name}-id"
        for each in recording.all(SUBNET)
        if each.inputs["tags"]["Name"].startswith(f"network-vpc-{tier}-")
    }

    assert _outputs(recording)[f"{tier}_subnet_ids"] == [named[zone] for zone in ZONES]


@pytest.mark.parametrize("tier", ["private", "card"])
def test_the_route_tables_of_a_tier_are_those_whose_name_says_so(tier: str) -> None:
    recording = network(availability_zones=ZONES)
    named = [
        f"{each.name}-id"
        for each in sorted(recording.all(ROUTE_TABLE), key=lambda table: table.name)
        if each.inputs["tags"]["Name"].startswith(f"network-vpc-{tier}-")
    ]

    assert _outputs(recording)[f"{tier}_route_table_ids"] == named
    assert len(named) == len(ZONES)


def test_vpc_and_subnets_are_protected_and_nothing_else_that_awsx_makes() -> None:
    recording = network()
    above = recording.one(COMPONENT, "network-vpc").urn.split("::")[2]
    made = [each for each in recording.registrations.values() if f"{above}$" in each.urn]

    assert {each.type for each in made if each.protect} == {VPC, SUBNET}
    assert all(each.protect for each in (*recording.all(VPC), *recording.all(SUBNET)))


def test_nothing_is_protected_where_the_setting_says_no() -> None:
    recording = network(protect=False)

    assert not [each.name for each in recording.registrations.values() if each.protect]


def test_no_subnet_hands_out_public_addresses() -> None:
    subnets = network().all(SUBNET)

    assert {each.inputs["mapPublicIpOnLaunch"] for each in subnets} == {False}
    assert len(subnets) == 8


def test_all_that_awsx_makes_uses_the_explicit_provider() -> None:
    recording = network()
    provider = f"{recording.one('pulumi:providers:aws', 'aws').urn}::aws-id"
    custom = [each for each in recording.registrations.values() if each.type.startswith("aws:")]

    assert {each.provider for each in custom} == {provider}


@pytest.mark.parametrize(
    ("nat_gateways", "made"), [("single", {"network-vpc-1"}), ("one_per_zone", None)]
)
def test_nat_gateways_are_as_asked(nat_gateways: str, made: set[str] | None) -> None:
    names = network(nat_gateways=nat_gateways).names(NAT)

    assert names == (made or {"network-vpc-1", "network-vpc-2"})


def test_a_third_zone_only_adds() -> None:
    two, three = network(), network(availability_zones=ZONES)
    before, after = _by_identity(two), _by_identity(three)
    kept = {VPC, SUBNET, ROUTE, ROUTE_TABLE, NAT}

    assert {key: after[key] for key in before if key[0] in kept} == {
        key: inputs for key, inputs in before.items() if key[0] in kept
    }
    assert {key[1] for key in after.keys() - before.keys()} == {
        f"network-vpc-{tier}-3" for tier in ("public", "private", "data", "card")
    }


def test_a_gateway_for_each_zone_changes_routes_and_no_subnet() -> None:
    before, after = _by_identity(network()), _by_identity(network(nat_gateways="one_per_zone"))
    changed = {key for key in before if before[key] != after[key] and key[0] != AWSX}

    assert changed == {(ROUTE, "network-vpc-private-2")}


def test_a_preview_knows_the_resources_but_no_id() -> None:
    recording = network(preview=True)
    outputs = _outputs(recording)

    assert outputs["vpc_id"] is UNKNOWN
    for name in LISTS:
        value = outputs[name]
        assert value is UNKNOWN or (isinstance(value, list) and set(value) == {UNKNOWN})


def test_a_preview_shows_what_an_update_makes() -> None:
    assert set(_by_identity(network(preview=True))) == set(_by_identity(network()))
