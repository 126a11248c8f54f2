"""Operations on clusters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from moto.core.responses import ActionResult
from moto.ecs.exceptions import ECSException, InvalidParameterException
from moto.ecs.models import Cluster

from local.account.ecs.base_api import Api
from local.account.ecs.checks import FARGATE
from local.account.ecs.lookup import DEFAULT_CLUSTER, active_cluster
from local.account.ecs.region import Region

Json = dict[str, Any]

INSIGHTS: Final = ("enabled", "disabled", "enhanced")
ALL: Final = ("TAGS", "SETTINGS", "CONFIGURATIONS")


class ClusterApi(Api):
    """Clusters; a cluster that exists is not made again, and none goes while something runs in it."""

    def create_cluster(self) -> ActionResult:
        """Return the cluster of that name as it is, or a new one."""
        name = self.request.get("clusterName", DEFAULT_CLUSTER)
        _check_settings(self.request)

        def create(here: Region) -> Json:
            cluster = here.moto.clusters.get(name)
            if not cluster or cluster.status != "ACTIVE":
                super(ClusterApi, self).create_cluster()
            return _view(here, here.moto.clusters[name], ALL)

        return ActionResult({"cluster": self.here(create)})

    def describe_clusters(self) -> ActionResult:
        """Describe clusters, with tags, settings and configurations only where included."""
        request = self.request
        names = [each.split("/")[-1] for each in request.get("clusters") or [DEFAULT_CLUSTER]]

        def describe(here: Region) -> Json:
            known = here.moto.clusters
            found = [
                _view(here, known[name], request.get("include", []))
                for name in names
                if name in known
            ]
            prefix = f"arn:aws:ecs:{self.region}:{self.current_account}:cluster"
            missing = [
                {"arn": f"{prefix}/{name}", "reason": "MISSING"}
                for name in names
                if name not in known
            ]
            return {"clusters": found, "failures": missing}

        return ActionResult(self.here(describe))

    def list_clusters(self) -> ActionResult:
        """List active clusters."""
        known = self.here(lambda here: list(here.moto.clusters.values()))
        return ActionResult(
            {"clusterArns": [each.arn for each in known if each.status == "ACTIVE"]}
        )

    def update_cluster(self) -> ActionResult:
        """Change what is given."""
        return self._change("settings", "configuration", "serviceConnectDefaults")

    def update_cluster_settings(self) -> ActionResult:
        """Change the settings."""
        return self._change("settings")

    def put_cluster_capacity_providers(self) -> ActionResult:
        """Replace the capacity providers and the default strategy."""
        return self._change("capacityProviders", "defaultCapacityProviderStrategy")

    def delete_cluster(self) -> ActionResult:
        """Refuse while there are services or tasks."""

        def delete(here: Region) -> Json:
            cluster = active_cluster(here, self.request)
            view = _view(here, cluster, ALL)
            if view["activeServicesCount"]:
                raise ECSException(
                    "ClusterContainsServicesException",
                    "The Cluster cannot be deleted while Services are active.",
                )
            if view["runningTasksCount"] + view["pendingTasksCount"]:
                raise ECSException(
                    "ClusterContainsTasksException",
                    "The Cluster cannot be deleted while Tasks are active.",
                )
            cluster.status = "INACTIVE"
            return view | {"status": "INACTIVE"}

        return ActionResult({"cluster": self.here(delete)})

    def describe_capacity_providers(self) -> ActionResult:
        """Describe those of Fargate."""
        names = self.request.get("capacityProviders") or FARGATE
        prefix = f"arn:aws:ecs:{self.region}:{self.current_account}:capacity-provider"
        found = [
            {"name": name, "capacityProviderArn": f"{prefix}/{name}", "status": "ACTIVE"}
            for name in names
            if name in FARGATE
        ]
        missing = [
            {"arn": f"{prefix}/{name}", "reason": "MISSING"}
            for name in names
            if name not in FARGATE
        ]
        return ActionResult({"capacityProviders": found, "failures": missing})

    def _change(self, *names: str) -> ActionResult:
        request = self.request
        _check_settings(request)

        def change(here: Region) -> Json:
            cluster = active_cluster(here, request)
            for name in names:
                if name in request:
                    setattr(cluster, ATTRIBUTES[name], request[name])
            return _view(here, cluster, ALL)

        return ActionResult({"cluster": self.here(change)})


ATTRIBUTES: Final = {
    "settings": "settings",
    "configuration": "configuration",
    "serviceConnectDefaults": "service_connect_defaults",
    "capacityProviders": "capacity_providers",
    "defaultCapacityProviderStrategy": "default_capacity_provider_strategy",
}


def _check_settings(request: Json) -> None:
    for each in request.get("settings", []):
        if each.get("name") != "containerInsights" or each.get("value") not in INSIGHTS:
            raise InvalidParameterException(
                f"Invalid setting {each}: containerInsights is one of {', '.join(INSIGHTS)}."
            )


def _view(here: Region, cluster: Cluster, include: Sequence[str]) -> Json:
    states = [
        task.shown["lastStatus"]
        for task in here.tasks.values()
        if task.shown["clusterArn"] == cluster.arn
    ]
    services = [
        service
        for (name, _), service in here.services.items()
        if name == cluster.name and service.settings["status"] == "ACTIVE"
    ]
    view = {
        "clusterArn": cluster.arn,
        "clusterName": cluster.name,
        "status": cluster.status,
        "registeredContainerInstancesCount": 0,
        "runningTasksCount": states.count("RUNNING"),
        "pendingTasksCount": states.count("PROVISIONING") + states.count("PENDING"),
        "activeServicesCount": len(services),
        "capacityProviders": cluster.capacity_providers or [],
        "defaultCapacityProviderStrategy": cluster.default_capacity_provider_strategy or [],
    }
    if "TAGS" in include:
        view["tags"] = cluster.tags or []
    if "SETTINGS" in include:
        view["settings"] = cluster.settings
    if "CONFIGURATIONS" in include and cluster.configuration:
        view["configuration"] = cluster.configuration
    if cluster.service_connect_defaults:
        view["serviceConnectDefaults"] = cluster.service_connect_defaults
    return view
