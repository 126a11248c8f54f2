from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.edge.load_balancer import LONGEST_NAME, PublicLoadBalancer
from tests.components.edge.sample import (
    EGRESS,
    GROUP,
    INGRESS,
    LISTENER,
    LOAD_BALANCER,
    edge,
    load_balancer_args,
    misspelt,
)
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN


def _record(*, name: str = "public", preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        PublicLoadBalancer(name, load_balancer_args(**changes))

    return record(program, preview=preview)


def test_it_faces_the_internet_keeps_both_logs_and_never_goes_round_the_firewall() -> None:
    balancer = _record().one(LOAD_BALANCER, "public-lb")

    assert balancer.inputs == {
        "loadBalancerType": "application",
        "internal": False,
        "ipAddressType": "ipv4",
        "securityGroups": ["public-group-id"],
        "subnets": ["subnet-1", "subnet-2"],
        "dropInvalidHeaderFields": True,
        "desyncMitigationMode": "defensive",
        "xffHeaderProcessingMode": "append",
        "enableHttp2": True,
        "enableWafFailOpen": False,
        "idleTimeout": 60,
        "enableDeletionProtection": True,
        "accessLogs": {"bucket": "logs-of-ours", "prefix": "access", "enabled": True},
        "connectionLogs": {"bucket": "logs-of-ours", "prefix": "connection", "enabled": True},
    }


def test_its_one_listener_speaks_https_and_knows_no_host_by_itself() -> None:
    recording = _record()

    assert recording.names(LISTENER) == {"public-listener"}
    assert recording.one(LISTENER, "public-listener").inputs == {
        "loadBalancerArn": (
            "arn:aws:elasticloadbalancing:eu-west-1:111122223333:"
            "loadbalancer/app/public-lb-1234567/50dc6c495c0c9188"
        ),
        "port": 443,
        "protocol": "HTTPS",
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
        "certificateArn": "arn:aws:acm:eu-west-1:111122223333:certificate/valid",
        "routingHttpResponseServerEnabled": False,
        "routingHttpResponseStrictTransportSecurityHeaderValue": (
            "max-age=31536000; includeSubDomains"
        ),
        "defaultActions": [
            {
                "type": "fixed-response",
                "fixedResponse": {
                    "contentType": "application/json",
                    "messageBody": '{"detail":"Not Found"}',
                    "statusCode": "404",
                },
            }
        ],
    }


def test_everybody_may_come_in_by_https_and_it_can_go_nowhere_by_itself() -> None:
    recording = _record()

    assert recording.one(GROUP, "public-group").inputs == {
        "vpcId": "vpc-1",
        "description": "Public load balancer",
        "tags": {"Name": "public-load-balancer"},
    }
    assert [each.inputs for each in recording.all(INGRESS)] == [
        {
            "securityGroupId": "public-group-id",
            "description": "HTTPS from anywhere",
            "cidrIpv4": "0.0.0.0/0",
            "ipProtocol": "tcp",
            "fromPort": 443,
            "toPort": 443,
        }
    ]
    assert recording.all(EGRESS) == []


def test_the_settings_of_a_stack_reach_it() -> None:
    balancer = _record(idle_timeout_seconds=90, deletion_protection=False, protect=False).one(
        LOAD_BALANCER, "public-lb"
    )

    assert balancer.inputs["idleTimeout"] == 90
    assert balancer.inputs["enableDeletionProtection"] is False
    assert balancer.protect is False
    assert _record().one(LOAD_BALANCER, "public-lb").protect is True


def test_its_outputs_are_what_services_and_alarms_need() -> None:
    recording = _record()
    component = recording.one("turnstay:edge:PublicLoadBalancer", "public")

    assert recording.outputs[component.urn] == {
        "arn": recording.one(LISTENER, "public-listener").inputs["loadBalancerArn"],
        "arn_suffix": "app/public-lb-1234567/50dc6c495c0c9188",
        "dns_name": "public-lb-1234567.eu-west-1.elb.amazonaws.com",
        "zone_id": "Z32O12XQLNTSW2",
        "listener_arn": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:public-listener",
        "security_group_id": "public-group-id",
    }


def test_a_preview_shows_all_of_it() -> None:
    recording = _record(preview=True)

    assert recording.registrations.keys() == _record().registrations.keys()
    assert recording.one(LISTENER, "public-listener").inputs["loadBalancerArn"] is UNKNOWN
    assert recording.one(LOAD_BALANCER, "public-lb").inputs["securityGroups"] == [UNKNOWN]


def test_subnets_that_a_preview_does_not_know_yet_are_no_problem() -> None:
    def program() -> None:
        subnets = pulumi.Stash("network", input=["subnet-1", "subnet-2"]).output
        PublicLoadBalancer("public", load_balancer_args(subnet_ids=subnets))

    recording = record(program, preview=True)

    assert recording.one(LOAD_BALANCER, "public-lb").inputs["subnets"] is UNKNOWN


def test_the_provider_knows_every_property() -> None:
    assert misspelt(_record()) == []


def test_it_waits_for_the_bucket_and_for_a_certificate_that_is_valid() -> None:
    whole = edge()
    balancer = whole.one(LOAD_BALANCER, "public-lb")
    listener = whole.one(LISTENER, "public-listener")

    logs = {urn.split("::")[-1] for urn in balancer.property_dependencies["accessLogs"]}
    certificate = {urn.split("::")[-1] for urn in listener.property_dependencies["certificateArn"]}
    assert (logs, certificate) == ({"access-logs-policy"}, {"certificate-validation"})


@pytest.mark.parametrize("seconds", [0, 4001])
def test_a_timeout_that_aws_would_refuse_is_refused_at_once(seconds: int) -> None:
    with pytest.raises(ValueError, match=f"idle_timeout_seconds is 1 to 4000, got {seconds}"):
        load_balancer_args(idle_timeout_seconds=seconds)


def test_a_name_that_leaves_no_room_for_pulumis_suffix_is_refused() -> None:
    assert len(f"{'x' * LONGEST_NAME}-lb-1234567") == 32
    _record(name="x" * LONGEST_NAME)
    with pytest.raises(ValueError, match=f"at most {LONGEST_NAME} characters, got xxx"):
        _record(name="x" * (LONGEST_NAME + 1))
