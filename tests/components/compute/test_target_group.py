from __future__ import annotations

import pytest

from components.compute.target_group import TargetGroup, TargetGroupArgs
from tests.components.compute.samples import public_route
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record


def recorded(name: str = "ledger") -> Recording:
    def program() -> None:
        TargetGroup(
            name,
            TargetGroupArgs(
                vpc_id="vpc-1",
                port=8000,
                health_check_path="/health",
                route=public_route(),
                security_group_id="sg-tasks",
                tags={"service": "ledger"},
            ),
        )

    return record(program)


def test_tasks_are_targets_by_address_and_leave_before_they_are_stopped() -> None:
    assert recorded().one("aws:lb/targetGroup:TargetGroup", "ledger-tg").inputs == {
        "vpcId": "vpc-1",
        "port": 8000,
        "protocol": "HTTP",
        "targetType": "ip",
        "deregistrationDelay": 30,
        "loadBalancingAlgorithmType": "least_outstanding_requests",
        "healthCheck": {
            "path": "/health",
            "matcher": "200",
            "interval": 10,
            "timeout": 5,
            "healthyThreshold": 2,
            "unhealthyThreshold": 3,
        },
        "tags": {"service": "ledger"},
    }


def test_the_host_and_nothing_but_the_host_leads_to_the_service() -> None:
    rule = recorded().one("aws:lb/listenerRule:ListenerRule", "ledger-host")
    group = arn("elasticloadbalancing", "targetgroup/ledger-tg-1234567/73e2d6bc24d8a067")
    assert rule.inputs == {
        "listenerArn": arn("elasticloadbalancing", "listener/app/edge/1/2"),
        "priority": 10,
        "conditions": [{"hostHeader": {"values": ["api.staging.example.com"]}}],
        "actions": [{"type": "forward", "targetGroupArn": group}],
        "tags": {"service": "ledger"},
    }


def test_the_load_balancer_and_the_tasks_know_each_other_by_group() -> None:
    recording = recorded()
    both = {"ipProtocol": "tcp", "fromPort": 8000, "toPort": 8000}
    text = {"description": "Load balancer to ledger"}
    [out] = recording.all("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    [into] = recording.all("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert out.inputs == {
        "securityGroupId": "sg-edge",
        "referencedSecurityGroupId": "sg-tasks",
        **both,
        **text,
    }
    assert into.inputs == {
        "securityGroupId": "sg-tasks",
        "referencedSecurityGroupId": "sg-edge",
        **both,
        **text,
    }


def test_the_longest_name_still_leaves_room_for_what_makes_it_unique() -> None:
    longest = "secure-card-service-1"
    [group] = recorded(longest).all("aws:lb/targetGroup:TargetGroup")
    assert len(f"{group.name}-1234567") == 32
    with pytest.raises(ValueError, match="has at most 21 characters, got secure-card-service-12"):
        recorded("secure-card-service-12")


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
