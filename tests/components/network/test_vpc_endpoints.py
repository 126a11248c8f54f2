from __future__ import annotations

import pytest

from components.network.policies import interface_endpoint_policy, s3_endpoint_policy
from tests.components.network.sample import ACCOUNT, ENDPOINT, GROUP, INGRESS, REGION, network
from tests.engine.values import UNKNOWN

COMPONENT = "turnstay:network:VpcEndpoints"
CHOSEN = ("logs", "ecr.api")


def test_s3_is_reached_from_the_route_tables_of_private_and_card() -> None:
    s3 = network().one(ENDPOINT, "network-endpoints-s3")

    assert s3.inputs == {
        "vpcId": "network-vpc-id",
        "serviceName": "com.amazonaws.eu-west-1.s3",
        "vpcEndpointType": "Gateway",
        "routeTableIds": [
            "network-vpc-private-1-id",
            "network-vpc-private-2-id",
            "network-vpc-card-1-id",
            "network-vpc-card-2-id",
        ],
        "policy": s3.inputs["policy"],
        "tags": {"Name": "network-endpoints-s3"},
    }
    assert s3.json("policy") == s3_endpoint_policy(region=REGION, account_id=ACCOUNT)


def test_no_interface_endpoint_is_paid_for_unless_asked() -> None:
    recording = network()
    outputs = recording.outputs[recording.one(COMPONENT, "network-endpoints").urn]

    assert recording.names(ENDPOINT) == {"network-endpoints-s3"}
    assert recording.names(GROUP) == set()
    assert outputs == {"s3_prefix_list_id": "network-endpoints-s3-prefix-list"}


def test_an_interface_endpoint_answers_to_the_services_name_in_each_zone() -> None:
    recording = network(interface_endpoints=CHOSEN)
    endpoint = recording.one(ENDPOINT, "network-endpoints-ecr-api")

    assert endpoint.inputs == {
        "vpcId": "network-vpc-id",
        "serviceName": "com.amazonaws.eu-west-1.ecr.api",
        "vpcEndpointType": "Interface",
        "subnetIds": ["network-vpc-private-1-id", "network-vpc-private-2-id"],
        "securityGroupIds": ["network-endpoints-group-id"],
        "privateDnsEnabled": True,
        "policy": endpoint.inputs["policy"],
        "tags": {"Name": "network-endpoints-ecr.api"},
    }
    assert endpoint.json("policy") == interface_endpoint_policy("ecr.api", ACCOUNT)
    assert recording.names(ENDPOINT) == {
        "network-endpoints-s3",
        "network-endpoints-ecr-api",
        "network-endpoints-logs",
    }


def test_all_interface_endpoints_share_one_group() -> None:
    recording = network(interface_endpoints=CHOSEN)
    outputs = recording.outputs[recording.one(COMPONENT, "network-endpoints").urn]

    assert recording.names(GROUP) == {"network-endpoints-group"}
    assert recording.one(GROUP, "network-endpoints-group").inputs == {
        "description": "Interface endpoints of AWS services: HTTPS from the tiers that hold tasks",
        "vpcId": "network-vpc-id",
        "tags": {"Name": "network-endpoints"},
    }
    assert outputs["security_group_id"] == "network-endpoints-group-id"


def test_the_group_admits_https_from_the_tiers_that_hold_tasks_and_lets_nothing_out() -> None:
    recording = network(interface_endpoints=CHOSEN)

    assert {each.name: each.inputs for each in recording.all(INGRESS)} == {
        f"network-endpoints-from-{tier}": {
            "securityGroupId": "network-endpoints-group-id",
            "description": f"Tasks of the {tier} tier",
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
            "cidrIpv4": cidr,
        }
        for tier, cidr in (("private", "10.20.128.0/17"), ("card", "10.20.64.0/19"))
    }
    assert recording.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule") == []


def test_the_order_of_the_setting_changes_nothing() -> None:
    one, two = (
        network(interface_endpoints=order).one(ENDPOINT, "network-endpoints-logs").inputs
        for order in (CHOSEN, CHOSEN[::-1])
    )

    assert one == two


def test_a_preview_passes_unknown_lists_on_without_looking_into_them() -> None:
    recording = network(preview=True, interface_endpoints=CHOSEN)

    assert recording.one(ENDPOINT, "network-endpoints-logs").inputs["subnetIds"] is UNKNOWN
    tables = recording.one(ENDPOINT, "network-endpoints-s3").inputs["routeTableIds"]
    assert tables is UNKNOWN or set(tables) == {UNKNOWN}


def test_a_service_that_is_not_known_is_refused() -> None:
    with pytest.raises(ValueError, match=r"interface_services are out of .*, got \['s3'\]"):
        network(interface_endpoints=("s3", "logs"))
