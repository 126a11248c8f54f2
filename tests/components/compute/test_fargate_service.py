"""The service and its revision, whole."""

from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from components.compute.sidecar import Sidecar
from tests.components.compute.samples import (
    CLUSTER,
    IMAGE,
    NAMESPACE,
    public_route,
)
from tests.components.compute.service_recording import recorded
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.values import UNKNOWN

SERVICE = "aws:ecs/service:Service"
TASK = "aws:ecs/taskDefinition:TaskDefinition"
COMPONENT = "turnstay:compute:FargateService"


def test_the_service_replaces_its_tasks_without_a_gap_and_goes_back_by_itself() -> None:
    assert recorded().one(SERVICE, "ledger-service").inputs == {
        "name": "ledger",
        "cluster": CLUSTER,
        "taskDefinition": arn("ecs", "task-definition/turnstay-staging-ledger:1"),
        "desiredCount": 2,
        "capacityProviderStrategies": [{"capacityProvider": "FARGATE", "base": 1, "weight": 1}],
        "forceNewDeployment": True,
        "platformVersion": "LATEST",
        "networkConfiguration": {
            "subnets": ["subnet-a", "subnet-b"],
            "securityGroups": ["ledger-tasks-id"],
            "assignPublicIp": False,
        },
        "serviceConnectConfiguration": {
            "enabled": True,
            "namespace": NAMESPACE,
            "services": [
                {
                    "portName": "http",
                    "discoveryName": "ledger",
                    "clientAlias": [{"dnsName": "ledger", "port": 8000}],
                    "timeout": {"idleTimeoutSeconds": 300, "perRequestTimeoutSeconds": 60},
                }
            ],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": "/turnstay/staging/ledger",
                    "awslogs-region": "eu-west-1",
                    "awslogs-stream-prefix": "service-connect",
                    "max-buffer-size": "25m",
                    "mode": "non-blocking",
                },
            },
        },
        "deploymentMinimumHealthyPercent": 100,
        "deploymentMaximumPercent": 200,
        "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        "availabilityZoneRebalancing": "ENABLED",
        "healthCheckGracePeriodSeconds": 60,
        "enableExecuteCommand": False,
        "enableEcsManagedTags": True,
        "propagateTags": "SERVICE",
        "waitForSteadyState": False,
        "tags": {"service": "ledger"},
    }


def test_the_number_of_tasks_belongs_to_the_autoscaler() -> None:
    service = recorded().one(SERVICE, "ledger-service")
    assert service.ignore_changes == ("desiredCount",)
    assert service.delete_before_replace is True, "its name is taken until it is gone"


def test_the_task_definition_is_whole_and_stays_for_a_rollback() -> None:
    task = recorded().one(TASK, "ledger-task")
    containers = task.json("containerDefinitions")
    assert {key: each for key, each in task.inputs.items() if key != "containerDefinitions"} == {
        "family": "turnstay-staging-ledger",
        "cpu": "512",
        "memory": "1024",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
        "executionRoleArn": "arn:aws:iam::111122223333:role/ledger-execution-role",
        "taskRoleArn": "arn:aws:iam::111122223333:role/ledger-task-role",
        "skipDestroy": True,
        "tags": {"service": "ledger"},
    }
    assert [(each["name"], each["image"], each["memory"]) for each in containers] == [
        ("app", IMAGE, 960)
    ]
    assert task.inputs["containerDefinitions"] == json.dumps(containers, sort_keys=True)


def test_without_an_image_there_is_all_but_task_definition_service_and_autoscaling() -> None:
    with_image = recorded(public=public_route())
    without = recorded(public=public_route(), image=None)
    missing = {each.type for each in with_image.registrations.values()} - {
        each.type for each in without.registrations.values()
    }
    assert missing == {
        TASK,
        SERVICE,
        "turnstay:compute:EcsService",
        "turnstay:compute:ServiceAutoscaling",
        "aws:appautoscaling/target:Target",
        "aws:appautoscaling/policy:Policy",
    }
    [component] = without.all(COMPONENT)
    assert set(without.outputs[component.urn]) == {
        "security_group_id",
        "task_role_arn",
        "execution_role_arn",
        "log_group",
        "target_group_arn_suffix",
    }


def test_a_service_outside_service_connect_has_no_configuration_of_it() -> None:
    recording = recorded(namespace_arn=None)
    assert "serviceConnectConfiguration" not in recording.one(SERVICE, "ledger-service").inputs
    [container] = recording.one(TASK, "ledger-task").json("containerDefinitions")
    assert container["memory"] == 1024


@pytest.mark.parametrize("public", [None, public_route()], ids=["internal", "public"])
def test_the_service_waits_for_all_that_its_tasks_need(public: Any) -> None:
    recording = recorded(public=public, mask_card_numbers=True)
    needed = {
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    }
    if public:
        needed |= {
            "aws:lb/listenerRule:ListenerRule",
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        }
    dependencies = recording.one(SERVICE, "ledger-service").dependencies
    for kind in needed:
        assert {each.urn for each in recording.all(kind)} <= set(dependencies), kind


def test_what_begins_a_deployment_is_told_to_the_gate() -> None:
    recording = recorded(public=public_route())
    [component] = recording.all(COMPONENT)
    group = recording.one("aws:lb/targetGroup:TargetGroup", "ledger-tg")
    assert recording.outputs[component.urn]["deployment"] == {
        "capacity": [["FARGATE", 1, 1]],
        "healthCheckGraceSeconds": 60,
        "namespace": NAMESPACE,
        "platformVersion": "LATEST",
        "port": 8000,
        "securityGroup": "ledger-tasks-id",
        "subnets": ["subnet-a", "subnet-b"],
        "targetGroup": arn(
            "elasticloadbalancing", f"targetgroup/{group.name}-1234567/73e2d6bc24d8a067"
        ),
    }


def test_in_a_first_preview_ids_are_unknown_and_names_are_not() -> None:
    recording = recorded(public=public_route(), preview=True)
    service = recording.one(SERVICE, "ledger-service").inputs
    assert service["taskDefinition"] is UNKNOWN
    assert service["networkConfiguration"]["securityGroups"] == [UNKNOWN]
    assert service["name"] == "ledger"
    task = recording.one(TASK, "ledger-task")
    assert task.inputs["executionRoleArn"] is UNKNOWN
    assert [each["name"] for each in task.json("containerDefinitions")] == ["app"]


@pytest.mark.parametrize("public", [None, public_route()], ids=["internal", "public"])
def test_no_input_is_misspelt(public: Any) -> None:
    sidecar = Sidecar(name="x", image="i", memory_mib=8)
    recording = recorded(public=public, sidecars=[sidecar], mask_card_numbers=True)
    assert [
        each for one in recording.registrations.values() for each in unknown_properties(one)
    ] == []


def test_the_service_and_whoever_waits_for_it_get_only_the_revision_that_was_released() -> None:
    def released(revision: pulumi.Output[str]) -> pulumi.Output[str]:
        return pulumi.Output.concat("released ", revision)

    recording = recorded(release=released)
    revision = (
        "released arn:aws:ecs:eu-west-1:111122223333:task-definition/turnstay-staging-ledger:1"
    )
    service = recording.one(SERVICE, "ledger-service")
    assert service.inputs["taskDefinition"] == revision
    component = recording.one(COMPONENT, "ledger")
    assert recording.outputs[component.urn]["task_definition_arn"] == revision
