"""Controls on ACLs hold, and each is seen to fail on ACLs that were made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.components.network.sample import network
from tests.controls import network_acls as controls
from tests.controls.mutation import Change, Mutation, adding, becomes, controls_of, each_of, setting
from tests.controls.network_acls import ACL, ACL_RULE
from tests.controls.vpc_endpoints import ENDPOINT


def _acl_rule(**inputs: Any) -> Change:
    acl = {"networkAclId": "network-data-acl-id", "ruleNumber": 90, "ruleAction": "allow"}
    return adding(ACL_RULE, **acl, **inputs)


MUTATIONS = [
    *(
        Mutation(
            controls.no_administration_ports,
            f"ingress of {cidr}, {ports}",
            _acl_rule(protocol=protocol, cidrBlock=cidr, fromPort=ports[0], toPort=ports[1]),
            f"network-data-acl-id ingress 90 admits {port}",
        )
        for protocol, cidr, ports, port in (
            ("tcp", "0.0.0.0/0", (22, 22), 22),
            ("tcp", "0.0.0.0/0", (3389, 3389), 3389),
            ("tcp", "10.20.128.0/17", (1024, 65535), 3389),
            ("-1", "10.20.128.0/17", (0, 0), 22),
        )
    ),
    Mutation(
        controls.no_administration_ports,
        "a wider rule inline",
        setting(ACL, "network-card-acl", "ingress.6.fromPort", 1024),
        "network-card-acl-id ingress 220 admits 3389",
    ),
    Mutation(
        controls.every_isolated_subnet_has_one_acl,
        "a subnet that was forgotten",
        setting(ACL, "network-card-acl", "subnetIds", ["network-vpc-card-1-id"]),
        "network-vpc-card-2: in 0 of our ACLs",
    ),
    Mutation(
        controls.every_isolated_subnet_has_one_acl,
        "a subnet in two",
        adding(ACL, vpcId="network-vpc-id", subnetIds=["network-vpc-data-1-id"]),
        "network-vpc-data-1: in 2 of our ACLs",
    ),
    *(
        Mutation(
            controls.acls_stay_inside_the_vpc,
            f"{name} {path} {becomes(value)}",
            setting(ACL, name, path, value),
            finding,
        )
        for name, path, value, finding in (
            ("network-data-acl", "egress.0.cidrBlock", "0.0.0.0/0", "beyond the VPC"),
            ("network-data-acl", "ingress.0.cidrBlock", "10.0.0.0/8", "beyond the VPC"),
            ("network-data-acl", "egress.0.protocol", "-1", "is for -1"),
            ("network-card-acl", "egress.2.toPort", 444, "beyond the VPC"),
            ("network-card-acl", "ingress.6.fromPort", 32767, "beyond the VPC"),
        )
    ),
    Mutation(
        controls.acls_stay_inside_the_vpc,
        "S3 is not what lies behind the rule",
        setting(ENDPOINT, "network-endpoints-s3", "routeTableIds", ["network-vpc-private-1-id"]),
        "network-card-acl-id egress 120 reaches beyond the VPC",
    ),
    Mutation(
        controls.acls_stay_inside_the_vpc,
        "IPv6",
        _acl_rule(protocol="tcp", ipv6CidrBlock="::/0", fromPort=443, toPort=443, egress=True),
        "network-data-acl-id egress 90 reaches beyond the VPC",
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_acl_is_found(mutation: Mutation) -> None:
    assert mutation.missed(network()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}
