"""Operations on services."""

from __future__ import annotations

import copy
from typing import Any, Final

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import Cluster

from local.account.ecs.base_api import Api, page, without_tags
from local.account.ecs.checks import check_service
from local.account.ecs.deployments import DEPLOYED
from local.account.ecs.lookup import (
    DEFAULT_CLUSTER,
    active_cluster,
    active_definition,
    active_service,
    service_of,
)
from local.account.ecs.region import Region
from local.account.ecs.services import Service

Json = dict[str, Any]

DESCRIBED_AT_ONCE: Final = 10
LISTED_AT_ONCE: Final = 10
DEFAULTS: Final[Json] = {
    "deploymentController": {"type": "ECS"},
    "enableECSManagedTags": False,
    "enableExecuteCommand": False,
    "healthCheckGracePeriodSeconds": 0,
    "loadBalancers": [],
    "placementConstraints": [],
    "placementStrategy": [],
    "platformVersion": "LATEST",
    "propagateTags": "NONE",
    "schedulingStrategy": "REPLICA",
    "serviceRegistries": [],
    "tags": [],
}
DEPLOYMENT_DEFAULTS: Final[Json] = {
    "deploymentCircuitBreaker": {"enable": False, "rollback": False},
    "maximumPercent": 200,
    "minimumHealthyPercent": 100,
    "strategy": "ROLLING",
}


class ServiceApi(Api):
    """Services of the deployment controller ECS on Fargate."""

    def create_service(self) -> ActionResult:
        """Begin a service and its first deployment."""
        return ActionResult({"service": self.here(self._create)})

    def update_service(self) -> ActionResult:
        """Change what is given; a new deployment begins when its tasks would be others, or when forced."""
        return ActionResult({"service": self.here(self._update)})

    def describe_services(self) -> ActionResult:
        """Describe services, those that ended in the last hour too."""
        request = self.request
        names = request["services"]
        if len(names) > DESCRIBED_AT_ONCE:
            raise InvalidParameterException(
                f"Services cannot have more than {DESCRIBED_AT_ONCE} elements."
            )
        cluster = (request.get("cluster") or DEFAULT_CLUSTER).split("/")[-1]

        def describe(here: Region) -> Json:
            here.purge()
            active_cluster(here, request)
            found = {name: here.services.get((cluster, name.split("/")[-1])) for name in names}
            views = [without_tags(_view(each), request) for each in found.values() if each]
            missing = [
                {"arn": self._arn(cluster, name), "reason": "MISSING"}
                for name, each in found.items()
                if not each
            ]
            return {"services": views, "failures": missing}

        return ActionResult(self.here(describe))

    def list_services(self) -> ActionResult:
        """List services that are not INACTIVE, ten at once unless asked otherwise."""

        def listed(here: Region) -> list[str]:
            cluster = active_cluster(here, self.request).name
            return sorted(
                service.arn
                for (of, _), service in here.services.items()
                if of == cluster and service.settings["status"] != "INACTIVE"
            )

        arns, following = page(self.here(listed), self.request, LISTED_AT_ONCE)
        return ActionResult({"serviceArns": arns, "nextToken": following})

    def delete_service(self) -> ActionResult:
        """Drain the service; one that is not scaled to 0 only by force."""

        def delete(here: Region) -> Json:
            service = service_of(here, self.request)
            if service.desired and not self.request.get("force"):
                raise InvalidParameterException(
                    "The service cannot be stopped while it is scaled above 0."
                )
            if service.settings["status"] == "ACTIVE":
                service.drain()
            return _view(service)

        return ActionResult({"service": self.here(delete)})

    def _create(self, here: Region) -> Json:
        request = self.request
        if "desiredCount" not in request:
            raise InvalidParameterException(
                "DesiredCount is required when the scheduling strategy is REPLICA."
            )
        cluster = active_cluster(here, request)
        definition = active_definition(here, request["taskDefinition"])
        key = cluster.name, request["serviceName"]
        if (existing := here.services.get(key)) and existing.settings["status"] != "INACTIVE":
            if existing.settings["status"] == "DRAINING":
                raise InvalidParameterException("Unable to Start a service that is still Draining.")
            raise InvalidParameterException("Creation of service was not idempotent.")
        configuration = DEPLOYMENT_DEFAULTS | request.get("deploymentConfiguration", {})
        settings = DEFAULTS | request | _launch(cluster, request)
        settings |= {
            "serviceArn": self._arn(cluster.name, request["serviceName"]),
            "clusterArn": cluster.arn,
            "taskDefinition": definition.arn,
            "deploymentConfiguration": configuration,
            "createdAt": utcnow(),
            "status": "ACTIVE",
        }
        check_service(here, cluster, definition, settings)
        here.services[key] = service = Service(here, settings)
        return _view(service)

    def _update(self, here: Region) -> Json:
        request = self.request
        service = active_service(here, request)
        given = {
            name: value
            for name, value in request.items()
            if name not in ("cluster", "service", "forceNewDeployment")
        }
        settings = service.settings | given
        if "capacityProviderStrategy" in given:
            settings.pop("launchType", None)
        definition = here.moto.describe_task_definition(settings["taskDefinition"])
        if "taskDefinition" in given:
            definition = active_definition(here, given["taskDefinition"])
        settings["taskDefinition"] = definition.arn
        settings["deploymentConfiguration"] = service.settings[
            "deploymentConfiguration"
        ] | given.get("deploymentConfiguration", {})
        check_service(here, active_cluster(here, request), definition, settings)
        changed = any(settings.get(name) != service.settings.get(name) for name in DEPLOYED)
        if deploys := changed or request.get("forceNewDeployment", False):
            here.connect(service, settings)  # refused before anything has changed
        service.settings = settings
        if deploys:
            service.deploy(settings)
        service.notify()
        return _view(service)

    def _arn(self, cluster: str, name: str) -> str:
        place = f"arn:aws:ecs:{self.region}:{self.current_account}"
        return f"{place}:service/{cluster}/{name.rpartition('/')[2]}"


def _launch(cluster: Cluster, request: Json) -> Json:
    """The cluster's strategy is the service's when it names neither a strategy nor a launch type."""
    if request.get("launchType") or request.get("capacityProviderStrategy"):
        return {}
    strategy = cluster.default_capacity_provider_strategy
    return {"capacityProviderStrategy": strategy} if strategy else {}


def _view(service: Service) -> Json:
    return copy.deepcopy(service.view())
