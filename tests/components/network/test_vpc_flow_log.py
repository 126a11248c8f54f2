from __future__ import annotations

import pytest

from components.network.policies import flow_log_delivery, flow_log_trust
from tests.components.network.sample import (
    ACCOUNT,
    FLOW_LOG,
    KEY_ARN,
    LOG_GROUP,
    REGION,
    network,
)

ROLE = "aws:iam/role:Role"
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
NAME = "/turnstay/staging/flow-log"


def test_all_traffic_of_the_vpc_goes_to_the_group() -> None:
    flows = network().one(FLOW_LOG, "network-flow-log-flows")

    assert flows.inputs == {
        "vpcId": "network-vpc-id",
        "trafficType": "ALL",
        "logDestinationType": "cloud-watch-logs",
        "logDestination": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{NAME}",
        "logFormat": (
            "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport}"
            " ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}"
            " ${pkt-srcaddr} ${pkt-dstaddr} ${subnet-id} ${tcp-flags} ${flow-direction}"
            " ${traffic-path}"
        ),
        "iamRoleArn": f"arn:aws:iam::{ACCOUNT}:role/network-flow-log-role",
        "maxAggregationInterval": 600,
        "tags": {"Name": "network-flow-log"},
    }


def test_it_waits_for_the_rights_of_its_role() -> None:
    recording = network()
    delivery = recording.one(ROLE_POLICY, "network-flow-log-delivery")

    assert delivery.urn in recording.one(FLOW_LOG, "network-flow-log-flows").dependencies


@pytest.mark.parametrize("days", [365, 731])
def test_the_group_is_encrypted_and_kept_as_long_as_asked(days: int) -> None:
    group = network(flow_log_retention_days=days).one(LOG_GROUP, "network-flow-log-group")

    assert group.inputs == {"name": NAME, "kmsKeyId": KEY_ARN, "retentionInDays": days}


@pytest.mark.parametrize("protect", [True, False])
def test_the_evidence_is_protected_as_asked(protect: bool) -> None:
    group = network(protect=protect).one(LOG_GROUP, "network-flow-log-group")

    assert group.protect is protect


def test_the_role_is_for_this_flow_log_alone() -> None:
    recording = network()
    role = recording.one(ROLE, "network-flow-log-role")
    delivery = recording.one(ROLE_POLICY, "network-flow-log-delivery")

    assert role.inputs == {
        "description": "VPC Flow Logs writes the flow log of the VPC",
        "assumeRolePolicy": role.inputs["assumeRolePolicy"],
    }
    assert role.json("assumeRolePolicy") == flow_log_trust(region=REGION, account_id=ACCOUNT)
    assert delivery.inputs["role"] == "network-flow-log-role"
    assert delivery.json("policy") == flow_log_delivery(
        region=REGION, account_id=ACCOUNT, log_group_name=NAME
    )
