"""What is particular to ECS: revisions that stay, roll-backs that are seen, and deployments that nobody asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.local.provider.case import fresh
from tests.local.provider.driver import Driver, Props, RefusedError, Resource

DEFINITION = "aws:ecs/taskDefinition:TaskDefinition"
SERVICE = "aws:ecs/service:Service"
CONTAINER = {"name": "app", "image": "registry/ledger:1", "essential": True, "memory": 128}


def definition(**changes: Any) -> Props:
    return {
        "family": "turnstay-test-payouts",
        "cpu": "256",
        "memory": "512",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "executionRoleArn": "arn:aws:iam::111122223333:role/execution",
        "containerDefinitions": json.dumps([CONTAINER]),
        **changes,
    }


@pytest.fixture
def cluster(driver: Driver) -> Resource:
    made = driver.create("aws:ecs/cluster:Cluster", fresh("cluster-#"), {})
    driver.create(
        "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        "providers",
        {"clusterName": made.outputs["name"], "capacityProviders": ["FARGATE"]},
    )
    return made


@pytest.fixture
def service_inputs(driver: Driver, cluster: Resource, aws: Callable[[str], Any]) -> Props:
    subnet = aws("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
    revision = driver.create(DEFINITION, "payouts", definition(skipDestroy=True))
    return {
        "cluster": cluster.id,
        "taskDefinition": revision.outputs["arn"],
        "desiredCount": 0,
        "capacityProviderStrategies": [{"capacityProvider": "FARGATE", "base": 1, "weight": 1}],
        "networkConfiguration": {"subnets": [subnet]},
        "forceNewDeployment": True,
    }


def deployments(aws: Callable[[str], Any], service: Resource) -> list[str]:
    found = aws("ecs").describe_services(cluster=service.outputs["cluster"], services=[service.id])
    return [each["id"] for each in found["services"][0]["deployments"]]


def test_another_spacing_of_the_containers_is_no_new_revision(driver: Driver) -> None:
    made = driver.create(DEFINITION, "payouts", definition())
    spaced = json.dumps([dict(reversed(CONTAINER.items()))], indent=4)
    assert driver.diff(made, definition(containerDefinitions=spaced)).changed == []
    found = driver.refresh(made)
    assert found is not None
    assert found.inputs == made.inputs


def test_a_replaced_revision_stays_when_it_is_to_be_rolled_back_to(
    driver: Driver, aws: Callable[[str], Any]
) -> None:
    def status(resource: Resource) -> str:
        found = aws("ecs").describe_task_definition(taskDefinition=resource.outputs["arn"])
        return str(found["taskDefinition"]["status"])

    kept = driver.create(DEFINITION, "payouts", definition(skipDestroy=True))
    dropped = driver.create(DEFINITION, "payouts", definition())
    assert dropped.outputs["revision"] == kept.outputs["revision"] + 1
    driver.delete(kept)
    driver.delete(dropped)
    assert [status(kept), status(dropped)] == ["ACTIVE", "INACTIVE"]


def test_containers_that_are_no_list_are_refused_before_aws_is_asked(driver: Driver) -> None:
    with pytest.raises(RefusedError, match="containerDefinitions is a list in JSON, got a dict"):
        driver.create(DEFINITION, "payouts", definition(containerDefinitions="{}"))
    with pytest.raises(RefusedError, match="containerDefinitions is no JSON: Expecting value"):
        driver.create(DEFINITION, "payouts", definition(containerDefinitions="app"))
    volume = [{"name": "tmp", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]
    with pytest.raises(
        RefusedError, match=r"a volume has only a name .* got efsVolumeConfiguratio"
    ):
        driver.create(DEFINITION, "payouts", definition(volumes=volume))


def test_a_revision_that_ecs_went_back_to_is_drift(
    driver: Driver, aws: Callable[[str], Any], service_inputs: Props
) -> None:
    service = driver.create(SERVICE, fresh("payouts-#"), service_inputs)
    newer = driver.create(DEFINITION, "payouts", definition(skipDestroy=True)).outputs["arn"]
    wanted = {**service_inputs, "taskDefinition": newer}
    assert driver.diff(service, wanted).replacing == []
    service = driver.update(service, wanted)
    assert service.outputs["taskDefinition"] == newer

    aws("ecs").update_service(
        cluster=service_inputs["cluster"],
        service=service.id,
        taskDefinition=service_inputs["taskDefinition"],
    )
    found = driver.refresh(service)
    assert found is not None
    assert found.inputs["taskDefinition"] == service_inputs["taskDefinition"]
    assert driver.diff(found, wanted).changed == ["taskDefinition"]


def test_other_tags_alone_are_no_deployment(
    driver: Driver, aws: Callable[[str], Any], service_inputs: Props
) -> None:
    service = driver.create(SERVICE, fresh("payouts-#"), service_inputs)
    before = deployments(aws, service)
    driver.update(service, {**service_inputs, "tags": {"service": "payouts"}})
    assert deployments(aws, service) == before
    grace = {**service_inputs, "deploymentMaximumPercent": 150}
    driver.update(service, grace)
    assert deployments(aws, service) != before


def test_the_number_of_tasks_is_left_alone_unless_the_program_changes_it(
    driver: Driver, aws: Callable[[str], Any], service_inputs: Props
) -> None:
    service = driver.create(SERVICE, fresh("payouts-#"), service_inputs)
    autoscaled = {"cluster": service_inputs["cluster"], "service": service.id, "desiredCount": 3}
    aws("ecs").update_service(**autoscaled)
    # As with ignoreChanges: the engine sends the number that it has on record.
    service = driver.update(service, {**service_inputs, "deploymentMaximumPercent": 150})
    assert service.outputs["desiredCount"] == 3
    driver.delete(service)


def test_a_service_is_named_by_whatever_the_program_names_its_cluster_by(
    driver: Driver, cluster: Resource, service_inputs: Props
) -> None:
    by_name = {**service_inputs, "cluster": cluster.outputs["name"]}
    service = driver.create(SERVICE, fresh("payouts-#"), by_name)
    assert service.outputs["cluster"] == cluster.outputs["name"]
    found = driver.refresh(service)
    assert found is not None
    assert found.inputs == service.inputs


def test_the_policies_of_one_target_are_told_apart(
    driver: Driver, cluster: Resource, service_inputs: Props
) -> None:
    service = driver.create(SERVICE, fresh("payouts-#"), service_inputs)
    target = {
        "serviceNamespace": "ecs",
        "scalableDimension": "ecs:service:DesiredCount",
        "resourceId": f"service/{cluster.outputs['name']}/{service.outputs['name']}",
    }
    bounds = {"minCapacity": 1, "maxCapacity": 2}
    driver.create("aws:appautoscaling/target:Target", "target", {**target, **bounds})
    policies = [
        driver.create(
            "aws:appautoscaling/policy:Policy",
            f"tracks-{metric}",
            {
                **target,
                "policyType": "TargetTrackingScaling",
                "targetTrackingScalingPolicyConfiguration": {
                    "predefinedMetricSpecification": {"predefinedMetricType": metric},
                    "targetValue": 60,
                },
            },
        )
        for metric in ("ECSServiceAverageCPUUtilization", "ECSServiceAverageMemoryUtilization")
    ]
    for policy in policies:
        found = driver.refresh(policy)
        assert found is not None
        assert found.outputs["name"] == policy.id
        assert found.inputs == policy.inputs


def test_only_a_service_that_is_asked_to_waits_for_its_tasks(
    driver: Driver, service_inputs: Props
) -> None:
    hopeless = Driver()
    hopeless.provider.Cancel(None, None)
    never = {**service_inputs, "desiredCount": 1}
    hopeless.create(SERVICE, fresh("payouts-#"), never)
    with pytest.raises(RefusedError, match=r"cancelled while waiting: service payouts-\S+ steady"):
        hopeless.create(SERVICE, fresh("payouts-#"), {**never, "waitForSteadyState": True})
    driver.create(SERVICE, fresh("payouts-#"), {**service_inputs, "waitForSteadyState": True})
