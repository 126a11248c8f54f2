"""Tasks and containers as ECS describes them, at their beginning."""

from __future__ import annotations

import uuid
from typing import Any, Final

from moto.core.utils import utcnow
from moto.ecs.models import TaskDefinition

from local.account.ecs.images import digest
from local.account.ecs.ports import Ports

Json = dict[str, Any]

PLATFORM: Final = {"platformVersion": "1.4.0", "platformFamily": "Linux"}  # what LATEST means
DISK_GIB: Final = 20
ADDRESS: Final = "127.0.0.1"


def task_view(arn: str, definition: TaskDefinition, cluster_arn: str, request: Json) -> Json:
    """Describe a task that has just been asked for."""
    network = request.get("networkConfiguration", {}).get("awsvpcConfiguration", {})
    provider = request.get("capacityProviderName")
    launched = {"capacityProviderName": provider} if provider else {}
    return {
        "taskArn": arn,
        "clusterArn": cluster_arn,
        "taskDefinitionArn": definition.arn,
        "group": request.get("group", f"family:{definition.family}"),
        "startedBy": request.get("startedBy", ""),
        "overrides": request.get("overrides", {}),
        "tags": request.get("tags", []),
        "enableExecuteCommand": request.get("enableExecuteCommand", False),
        "launchType": "FARGATE",
        "cpu": definition.cpu,
        "memory": definition.memory,
        "ephemeralStorage": definition.ephemeral_storage or {"sizeInGiB": DISK_GIB},
        "attachments": [_attachment(network)],
        "containers": [],
        "connectivity": "CONNECTED",
        "createdAt": utcnow(),
        "desiredStatus": "RUNNING",
        "healthStatus": "UNKNOWN",
        "lastStatus": "PROVISIONING",
        "version": 1,
        **PLATFORM,
        **launched,
    }


def container_view(task: Json, definition: Json, ports: Ports) -> Json:
    """Describe a container that has not started.

    On Fargate `networkBindings` is empty, since the container has an address of its own. Here it says which
    port of this machine stands in for each container port.
    """
    name = uuid.uuid4()
    bindings = [
        {
            "bindIP": ADDRESS,
            "containerPort": each["containerPort"],
            "hostPort": ports.of(each["containerPort"]),
            "protocol": each.get("protocol", "tcp"),
        }
        for each in definition.get("portMappings", [])
    ]
    return {
        "containerArn": f"{task['taskArn'].replace(':task/', ':container/')}/{name}",
        "taskArn": task["taskArn"],
        "runtimeId": f"{task['taskArn'].split('/')[-1]}-{name.int % 10**10}",
        "name": definition["name"],
        "image": definition["image"],
        "imageDigest": digest(definition["image"]),
        "cpu": str(definition.get("cpu", 0)),
        "healthStatus": "UNKNOWN",
        "lastStatus": "PENDING",
        "networkBindings": bindings,
        "networkInterfaces": [
            {"attachmentId": task["attachments"][0]["id"], "privateIpv4Address": ADDRESS}
        ],
        **{
            size: str(definition[size])
            for size in ("memory", "memoryReservation")
            if size in definition
        },
    }


def _attachment(network: Json) -> Json:
    details = {"privateIPv4Address": ADDRESS}
    if subnets := network.get("subnets"):
        details["subnetId"] = subnets[0]
    return {
        "id": str(uuid.uuid4()),
        "type": "ElasticNetworkInterface",
        "status": "ATTACHED",
        "details": [{"name": name, "value": value} for name, value in details.items()],
    }
