"""The types of the services: cluster, tasks, scaling."""

from __future__ import annotations

import json
from typing import Any

from tests.local.provider.case import NUMBERS, Case, fresh


def _container(**changes: Any) -> str:
    container = {
        "name": "app",
        "image": "registry/ledger@sha256:0",
        "essential": True,
        "portMappings": [{"name": "http", "containerPort": 8000, "appProtocol": "http"}],
        "environment": [{"name": "ENVIRONMENT", "value": "staging"}],
        **changes,
    }
    return json.dumps([container], indent=2, sort_keys=True)


def _share(provider: str, weight: int) -> dict[str, Any]:
    return {"capacityProvider": provider, "base": 0, "weight": weight}


SERVICES: dict[str, Case] = {
    "namespace": Case(
        type="aws:servicediscovery/httpNamespace:HttpNamespace",
        inputs=lambda _: {"description": "services"},
        updates=({"tags": {"Name": "namespace"}},),
        replaces=({"name": "other"}, {"description": "all services"}),
    ),
    "cluster": Case(
        type="aws:ecs/cluster:Cluster",
        inputs=lambda need: {
            "settings": [{"name": "containerInsights", "value": "enhanced"}],
            "configuration": {
                "executeCommandConfiguration": {
                    "logging": "OVERRIDE",
                    "kmsKeyId": need("key").outputs["arn"],
                    "logConfiguration": {
                        "cloudWatchEncryptionEnabled": True,
                        "cloudWatchLogGroupName": need("log group").id,
                    },
                }
            },
            "serviceConnectDefaults": {"namespace": need("namespace").outputs["arn"]},
        },
        updates=(
            {"settings": [{"name": "containerInsights", "value": "enabled"}]},
            {"tags": {"Name": "cluster"}},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, cluster: aws("ecs").update_cluster(
            cluster=cluster.id, settings=[{"name": "containerInsights", "value": "disabled"}]
        ),
        drifted="settings",
    ),
    "capacity providers": Case(
        type="aws:ecs/clusterCapacityProviders:ClusterCapacityProviders",
        inputs=lambda need: {
            "clusterName": need(fresh("cluster of providers #")).outputs["name"],
            "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
            "defaultCapacityProviderStrategies": [_share("FARGATE", 1)],
        },
        updates=({"capacityProviders": ["FARGATE"]},),
        drift=lambda aws, providers: aws("ecs").put_cluster_capacity_providers(
            cluster=providers.id,
            capacityProviders=["FARGATE"],
            defaultCapacityProviderStrategy=[_share("FARGATE", 1)],
        ),
        drifted="capacityProviders",
        stays=True,
    ),
    "task definition": Case(
        type="aws:ecs/taskDefinition:TaskDefinition",
        inputs=lambda need: {
            "family": "turnstay-test-ledger",
            "cpu": "256",
            "memory": "512",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "runtimePlatform": {"cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX"},
            "executionRoleArn": need("role").outputs["arn"],
            "taskRoleArn": need("role").outputs["arn"],
            "containerDefinitions": _container(),
        },
        updates=({"skipDestroy": True}, {"tags": {"service": "ledger"}}),
        replaces=(
            {"containerDefinitions": _container(image="registry/ledger@sha256:1")},
            {"cpu": "512", "memory": "1024"},
        ),
        drift=lambda aws, definition: aws("ecs").deregister_task_definition(
            taskDefinition=definition.outputs["arn"]
        ),
    ),
    "service": Case(
        type="aws:ecs/service:Service",
        inputs=lambda need: {
            "cluster": need("capacity providers").id,
            "taskDefinition": need("service definition").outputs["arn"],
            "desiredCount": 0,
            "capacityProviderStrategies": [_share("FARGATE", 1)],
            "forceNewDeployment": True,
            "platformVersion": "LATEST",
            "networkConfiguration": {
                "subnets": [need("subnet").id],
                "securityGroups": [need("security group").id],
                "assignPublicIp": False,
            },
            "loadBalancers": [
                {
                    "targetGroupArn": need("attached group").outputs["actions"][0][
                        "targetGroupArn"
                    ],
                    "containerName": "app",
                    "containerPort": 8000,
                }
            ],
            "serviceConnectConfiguration": {
                "enabled": True,
                "namespace": need("namespace").outputs["arn"],
                "services": [
                    {
                        "portName": "http",
                        "discoveryName": fresh("ledger-#"),
                        "clientAlias": [{"port": 8000, "dnsName": "ledger"}],
                        "timeout": {"perRequestTimeoutSeconds": 30},
                    }
                ],
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
        },
        updates=(
            {"deploymentMaximumPercent": 150},
            {"healthCheckGracePeriodSeconds": 90},
            {"alarms": {"alarmNames": ["deploy-errors"], "enable": True, "rollback": True}},
            {"capacityProviderStrategies": [_share("FARGATE_SPOT", 1), _share("FARGATE", 1)]},
            {"loadBalancers": None},
            {"tags": {"service": "ledger"}},
        ),
        replaces=({"name": "chosen"}, {"launchType": "FARGATE"}),
        drift=lambda aws, service: aws("ecs").update_service(
            cluster=service.outputs["cluster"], service=service.id, enableExecuteCommand=True
        ),
        drifted="enableExecuteCommand",
    ),
    "service definition": Case(
        type="aws:ecs/taskDefinition:TaskDefinition",
        inputs=lambda need: {
            "family": "turnstay-test-service",
            "cpu": "256",
            "memory": "512",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "executionRoleArn": need("role").outputs["arn"],
            "containerDefinitions": _container(),
            "skipDestroy": True,
        },
        stays=True,
    ),
    "attached group": Case(
        type="aws:lb/listenerRule:ListenerRule",
        inputs=lambda need: {
            "listenerArn": need("listener").id,
            "priority": 1000 + next(NUMBERS),
            "conditions": [{"hostHeader": {"values": ["ledger.turnstay.example"]}}],
            "actions": [{"type": "forward", "targetGroupArn": need("target group of service").id}],
        },
    ),
    "scaling target": Case(
        type="aws:appautoscaling/target:Target",
        inputs=lambda need: {
            "serviceNamespace": "ecs",
            "scalableDimension": "ecs:service:DesiredCount",
            "resourceId": "/".join(
                [
                    "service",
                    need("capacity providers").id,
                    need(fresh("service of scaling #")).outputs["name"],
                ]
            ),
            "minCapacity": 2,
            "maxCapacity": 6,
        },
        updates=({"maxCapacity": 9}, {"tags": {"service": "ledger"}}),
        drift=lambda aws, target: aws("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs",
            ScalableDimension="ecs:service:DesiredCount",
            ResourceId=target.id,
            MaxCapacity=99,
        ),
        drifted="maxCapacity",
    ),
    "scaling policy": Case(
        type="aws:appautoscaling/policy:Policy",
        inputs=lambda need: {
            "serviceNamespace": "ecs",
            "scalableDimension": "ecs:service:DesiredCount",
            "resourceId": need("scaling target").id,
            "policyType": "TargetTrackingScaling",
            "targetTrackingScalingPolicyConfiguration": {
                "predefinedMetricSpecification": {
                    "predefinedMetricType": "ECSServiceAverageCPUUtilization"
                },
                "targetValue": 60,
                "scaleInCooldown": 300,
                "scaleOutCooldown": 60,
            },
        },
        updates=(
            {
                "targetTrackingScalingPolicyConfiguration": {
                    "predefinedMetricSpecification": {
                        "predefinedMetricType": "ECSServiceAverageMemoryUtilization"
                    },
                    "targetValue": 75.5,
                }
            },
        ),
        replaces=({"name": "chosen"},),
    ),
}
