"""Controls on endpoints hold, and each is seen to fail on endpoints that were made worse."""

from __future__ import annotations

import pytest

from tests.components.network.sample import INGRESS, network
from tests.controls import vpc_endpoints as controls
from tests.controls.mutation import (
    Mutation,
    adding,
    becomes,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.vpc_endpoints import EGRESS, ENDPOINT
from tests.engine.mutate import DELETE

SERVICES = ("ecr.api", "ecr.dkr", "ssm")
ENDPOINTS_GROUP = "network-endpoints-group-id"
S3_POLICY = "policy!.Statement.1"
interface_endpoints = controls.interface_endpoints(*SERVICES)
MUTATIONS = [
    *(
        Mutation(
            controls.endpoints_are_closed,
            f"{path} of an endpoint {becomes(value)}",
            setting(ENDPOINT, "network-endpoints-ssm", path, value),
            finding,
        )
        for path, value, finding in (
            ("privateDnsEnabled", False, "would not find it"),
            ("securityGroupIds", [], "default group"),
            ("subnetIds", ["network-vpc-private-1-id"], "not in every zone"),
        )
    ),
    *(
        Mutation(
            controls.endpoints_are_closed,
            f"{path} of a rule {becomes(value)}",
            setting(INGRESS, "network-endpoints-from-private", path, value),
            "more than HTTPS from the VPC",
        )
        for path, value in (
            ("cidrIpv4", "10.0.0.0/8"),
            ("cidrIpv4", DELETE),
            ("fromPort", 0),
            ("toPort", 65535),
            ("ipProtocol", "-1"),
        )
    ),
    Mutation(
        controls.endpoints_are_closed,
        "an endpoint that calls out",
        adding(EGRESS, securityGroupId=ENDPOINTS_GROUP, ipProtocol="-1", cidrIpv4="10.20.0.0/16"),
        "calls nobody",
    ),
    *(
        Mutation(
            controls.endpoints_serve_this_account_only,
            f"{path} of {name} {becomes(value)}",
            setting(ENDPOINT, name, path, value),
            finding,
        )
        for name, path, value, finding in (
            ("network-endpoints-ssm", "policy", DELETE, "lets everybody's data pass"),
            (
                "network-endpoints-ssm",
                "policy!.Statement.0.Condition",
                DELETE,
                "OwnAccount is not limited",
            ),
            (
                "network-endpoints-ecr-api",
                "policy!.Statement.0.Condition.StringEquals.aws:ResourceAccount",
                "*",
                "OwnAccount is not limited",
            ),
            ("network-endpoints-s3", f"{S3_POLICY}.Action", "s3:*", "ImageLayers is not limited"),
            ("network-endpoints-s3", f"{S3_POLICY}.Resource", "*", "ImageLayers is not limited"),
        )
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_endpoint_is_found(mutation: Mutation) -> None:
    assert mutation.missed(network(interface_endpoints=SERVICES)) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("service", SERVICES)
def test_an_endpoint_that_the_setting_asks_for_is_missed(service: str) -> None:
    sound = network(interface_endpoints=SERVICES)
    change = removing(ENDPOINT, f"network-endpoints-{service.replace('.', '-')}")

    assert interface_endpoints(sound) == []
    assert interface_endpoints(change(sound)) == [f"no interface endpoint for {service}"]
