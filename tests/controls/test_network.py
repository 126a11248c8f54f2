"""Controls on the network hold, and each is seen to fail on a network that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.network.sample import (
    DEFAULT_GROUP,
    GROUP,
    INGRESS,
    ROUTE,
    ROUTE_TABLE,
    SUBNET,
    network,
)
from tests.controls import network as controls
from tests.controls.mutation import (
    Change,
    Mutation,
    becomes,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.controls.network import ASSOCIATION, LOAD_BALANCER, VPC
from tests.engine.mutate import DELETE, added
from tests.engine.recording import Recording

CARD_TABLE = "network-vpc-card-1-id"


def _open_rule(*, internal: bool = False, **changes: Any) -> Change:
    """Open a port to everybody on the group of a load balancer."""
    rule = {"securityGroupId": "lb-id", "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}

    def change(recording: Recording) -> Recording:
        balancer = {"internal": internal, "securityGroups": ["lb-id"]}
        recording = added(recording, LOAD_BALANCER, "balancer", balancer)
        return added(recording, INGRESS, "open", {**rule, "cidrIpv4": "0.0.0.0/0", **changes})

    return change


MUTATIONS = [
    Mutation(
        controls.default_groups_are_closed,
        "the default group is left alone",
        removing(DEFAULT_GROUP),
        "not taken over",
    ),
    *(
        Mutation(
            controls.default_groups_are_closed,
            f"{side} of the default group {becomes(value)}",
            setting(DEFAULT_GROUP, "network-default-group", side, value),
            f"{side} is not empty",
        )
        for side in ("ingress", "egress")
        for value in ([{"protocol": "-1", "self": True}], DELETE)
    ),
    *(
        Mutation(
            controls.nothing_is_open_to_the_world,
            f"a rule with {changes}",
            _open_rule(**changes),
            "open: open to the world",
        )
        for changes in (
            {"fromPort": 22, "toPort": 22},
            {"fromPort": 80, "toPort": 80},
            {"fromPort": 0, "toPort": 65535},
            {"ipProtocol": "-1", "fromPort": None, "toPort": None},
            {"ipProtocol": "udp"},
            {"cidrIpv4": "", "cidrIpv6": "::/0", "toPort": 3389},
            {"securityGroupId": "service-id"},
            {"internal": True},
        )
    ),
    Mutation(
        controls.nothing_is_open_to_the_world,
        "rules inline",
        setting(GROUP, "network-endpoints-group", "egress", [{"protocol": "-1"}]),
        "egress rules inline",
    ),
    *(
        Mutation(
            controls.no_subnet_gives_public_addresses,
            f"mapPublicIpOnLaunch {becomes(value)}",
            setting(SUBNET, "network-vpc-public-1", "mapPublicIpOnLaunch", value),
            "network-vpc-public-1: public addresses",
        )
        for value in (True, DELETE)
    ),
    *(
        Mutation(
            controls.isolated_tiers_have_no_way_out,
            f"{route} belongs to the card tier",
            setting(ROUTE, route, "routeTableId", CARD_TABLE),
            f"network-vpc-card-1: {route} leads out",
        )
        for route in ("network-vpc-private-1", "network-vpc-public-1")
    ),
    Mutation(
        controls.isolated_tiers_have_no_way_out,
        "the data tier uses the table of the private tier",
        setting(
            ASSOCIATION,
            "network-vpc-data-2",
            "routeTableId",
            "network-vpc-private-2-id",
        ),
        "network-vpc-data-2: network-vpc-private-2 leads out",
    ),
    Mutation(
        controls.isolated_tiers_have_no_way_out,
        "a subnet without a table of its own",
        removing(ASSOCIATION, "network-vpc-data-1"),
        "network-vpc-data-1: follows the main route table",
    ),
    Mutation(
        controls.isolated_tiers_have_no_way_out,
        "routes inline",
        setting(ROUTE_TABLE, "network-vpc-card-1", "routes", [{"natGatewayId": "nat"}]),
        "network-vpc-card-1: routes inline",
    ),
    Mutation(
        controls.isolated_tiers_have_no_way_out,
        "no card tier at all",
        removing(SUBNET, "network-vpc-card-1", "network-vpc-card-2"),
        "there is no card subnet",
    ),
    Mutation(
        controls.what_holds_addresses_is_protected,
        "an unprotected VPC",
        protecting(VPC, "network-vpc", protect=False),
        "protect is False",
    ),
    Mutation(
        controls.what_holds_addresses_is_protected,
        "an unprotected subnet",
        protecting(SUBNET, "network-vpc-data-1", protect=False),
        "protect is False",
    ),
    Mutation(
        controls.what_holds_addresses_is_protected,
        "a protected route",
        protecting(ROUTE, "network-vpc-private-1", protect=True),
        "protect is True",
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_network_is_found(mutation: Mutation) -> None:
    assert mutation.missed(network(interface_endpoints=("ssm",))) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


def test_https_to_a_public_load_balancer_is_meant_to_be_open() -> None:
    assert controls.nothing_is_open_to_the_world(_open_rule()(network())) == []


def test_gateways_in_each_zone_open_no_way_out() -> None:
    assert controls.isolated_tiers_have_no_way_out(network(nat_gateways="one_per_zone")) == []
