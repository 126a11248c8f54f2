"""Find what a request names, or refuse the request as ECS does."""

from __future__ import annotations

from typing import Any, Final

from moto.ecs.exceptions import (
    ClusterNotFoundException,
    EcsClientException,
    ECSException,
    InvalidParameterException,
    ServiceNotFoundException,
)
from moto.ecs.models import Cluster, TaskDefinition

from local.account.ecs.region import Region
from local.account.ecs.services import Service
from local.account.ecs.tasks import Task

Json = dict[str, Any]

DEFAULT_CLUSTER: Final = "default"


def active_cluster(here: Region, request: Json) -> Cluster:
    """Return the cluster of a request, by name or ARN."""
    name = (request.get("cluster") or DEFAULT_CLUSTER).split("/")[-1]
    cluster = here.moto.clusters.get(name)
    if not cluster or cluster.status != "ACTIVE":
        raise ClusterNotFoundException
    return cluster


def active_definition(here: Region, reference: str) -> TaskDefinition:
    """Return a task definition that may be run: by ARN, `family:revision`, or `family` for its newest."""
    definition = here.moto.describe_task_definition(reference)
    if definition.status != "ACTIVE":
        raise EcsClientException("TaskDefinition is inactive")
    return definition


def service_of(here: Region, request: Json) -> Service:
    """Return the service of a request, by name or ARN, whatever its status."""
    cluster = (request.get("cluster") or DEFAULT_CLUSTER).split("/")[-1]
    if service := here.services.get((cluster, request["service"].split("/")[-1])):
        return service
    raise ServiceNotFoundException


def active_service(here: Region, request: Json) -> Service:
    """Return the service of a request if it may still be changed."""
    service = service_of(here, request)
    if service.settings["status"] != "ACTIVE":
        raise ECSException("ServiceNotActiveException", "Service was not ACTIVE.")
    return service


def task_of(here: Region, request: Json) -> Task:
    """Return the task of a request, by id or ARN."""
    if task := here.tasks.get(request["task"].split("/")[-1]):
        return task
    raise InvalidParameterException("The referenced task was not found.")
