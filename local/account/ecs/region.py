"""All tasks and services of one region of an account."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from moto.core.utils import utcnow
from moto.ecs.models import EC2ContainerServiceBackend, TaskDefinition, ecs_backends

from local.account.ecs.deployments import Deployment
from local.account.ecs.discovery import Discovery
from local.account.ecs.images import Images
from local.account.ecs.services import Service
from local.account.ecs.tasks import Task
from local.account.leftovers import Journal

Json = dict[str, Any]

KEPT: Final = timedelta(hours=1)  # how long ECS still shows what has ended
log = logging.getLogger(__name__)


class Region:
    """Tasks and services by what they are called. Clusters and task definitions are moto's (`moto`).

    Everything here is used in the engine's event loop only.
    """

    def __init__(
        self, account_id: str, region: str, images: Images, journal: Journal, endpoint: str
    ) -> None:
        self.account_id, self.region, self.images, self.journal = (
            account_id,
            region,
            images,
            journal,
        )
        self.tasks: dict[str, Task] = {}
        self.services: dict[tuple[str, str], Service] = {}
        self.tokens: dict[str, list[Task]] = {}  # RunTask's clientToken
        self._endpoint, self._discovery = endpoint, Discovery(account_id, region)

    @property
    def moto(self) -> EC2ContainerServiceBackend:
        """The region's clusters and task definitions."""
        return ecs_backends[self.account_id][self.region]

    def run_task(self, definition: TaskDefinition, cluster_arn: str, request: Json) -> Task:
        """Start a task that belongs to no service."""
        self.purge()
        task = Task(self, definition, cluster_arn, request, lambda: None)
        self.tasks[task.id] = task
        return task

    def start_task(self, service: Service, deployment: Deployment, request: Json) -> Task:
        """Start a task of a service."""
        self.purge()
        definition = self.moto.describe_task_definition(deployment.definition)
        tagged = request | {"tags": _propagated(service.settings, definition)}
        task = Task(self, definition, service.settings["clusterArn"], tagged, service.notify)
        self.tasks[task.id] = task
        return task

    def connect(self, service: Service, settings: Json) -> list[Json]:
        """Make the Service Connect endpoints of a deployment."""
        definition = self.moto.describe_task_definition(settings["taskDefinition"])
        return self._discovery.connect(
            service.arn, settings.get("serviceConnectConfiguration", {}), definition
        )

    def disconnect(self, service: Service) -> None:
        """Remove the Service Connect endpoints of a service."""
        self._discovery.disconnect(service.arn)

    def platform(self, container_id: str) -> Mapping[str, str]:
        """Return the variables that Fargate itself gives to a container.

        On Fargate a container's AWS calls are made with the rights of the task role. Here they go to this
        account, with credentials that mean nothing, and so can never reach another one.
        """
        return {
            "AWS_REGION": self.region,
            "AWS_DEFAULT_REGION": self.region,
            "AWS_ENDPOINT_URL": self._endpoint,
            "AWS_ACCESS_KEY_ID": "local",
            "AWS_SECRET_ACCESS_KEY": "local",
            "ECS_CONTAINER_METADATA_URI_V4": f"{self._endpoint}/v4/{container_id}",
        }

    def purge(self) -> None:
        """Forget what ended more than an hour ago."""
        limit = utcnow() - KEPT
        for name, task in list(self.tasks.items()):
            if task.ended.is_set() and task.shown["stoppedAt"] < limit:
                del self.tasks[name]
        for key, service in list(self.services.items()):
            if service.settings.get("inactiveAt", limit) < limit:
                del self.services[key]


def _propagated(settings: Json, definition: TaskDefinition) -> list[Json]:
    """Compute the tags of a service's task."""
    source = settings.get("propagateTags", "NONE")
    tags = {"SERVICE": settings.get("tags", []), "TASK_DEFINITION": definition.tags}.get(source, [])
    if settings.get("enableECSManagedTags"):
        cluster = settings["clusterArn"].split("/")[-1]
        managed = {"aws:ecs:clusterName": cluster, "aws:ecs:serviceName": settings["serviceName"]}
        tags = [*tags, *({"key": key, "value": value} for key, value in managed.items())]
    return list(tags)
