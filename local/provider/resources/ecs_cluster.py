"""ECS clusters and what tasks in them run on."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, Value, picked

DETAILS: Final = ["CONFIGURATIONS", "SETTINGS"]
# Both sides write names with a small letter first; these two differ.
S3_ENCRYPTION: Final = ("s3BucketEncryptionEnabled", "s3EncryptionEnabled")


def describe(aws: Aws, cluster: str) -> Props | None:
    """Describe a cluster, if it is there."""
    found = aws("ecs").describe_clusters(clusters=[cluster], include=DETAILS)["clusters"]
    return dict(found[0]) if found and found[0]["status"] != "INACTIVE" else None


class Cluster(Handler):
    """aws.ecs.Cluster."""

    type = "aws:ecs/cluster:Cluster"
    inputs = words("configuration name serviceConnectDefaults settings tags")
    replace = words("name")
    computed = ("arn", "settings")
    filled = words("settings")
    autoname = Autoname()
    tagging = "ecs"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("ecs").create_cluster(
            clusterName=new["name"], tags=pairs(new["tagsAll"], "key", "value"), **_settings(new)
        )
        return str(answer["cluster"]["clusterArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = describe(aws, identity)
        return found and {
            **picked(
                found,
                arn="clusterArn",
                name="clusterName",
                serviceConnectDefaults="serviceConnectDefaults",
                settings="settings",
            ),
            "configuration": _with_logs(found.get("configuration"), *reversed(S3_ENCRYPTION)),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("ecs").update_cluster(cluster=identity, **_settings(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ecs").delete_cluster(cluster=identity)


def _settings(new: Props) -> Props:
    settings = {
        "configuration": _with_logs(new.get("configuration"), *S3_ENCRYPTION),
        "serviceConnectDefaults": new.get("serviceConnectDefaults"),
        "settings": new.get("settings"),
    }
    return {key: value for key, value in settings.items() if value}


def _with_logs(configuration: Value, before: str, after: str) -> Value:
    """Rename the one member that the provider's schema calls otherwise."""
    if not isinstance(configuration, dict):
        return configuration
    return {
        after if key == before else key: _with_logs(each, before, after)
        for key, each in configuration.items()
    }


class ClusterCapacityProviders(Handler):
    """aws.ecs.ClusterCapacityProviders."""

    type = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders"
    inputs = words("capacityProviders clusterName defaultCapacityProviderStrategies")
    replace = words("clusterName")
    filled = words("defaultCapacityProviderStrategies")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["clusterName"], {}, new)
        return str(new["clusterName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = describe(aws, identity)
        return found and picked(
            found,
            clusterName="clusterName",
            capacityProviders="capacityProviders",
            defaultCapacityProviderStrategies="defaultCapacityProviderStrategy",
        )

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("ecs").put_cluster_capacity_providers(
            cluster=identity,
            capacityProviders=new.get("capacityProviders") or [],
            defaultCapacityProviderStrategy=new.get("defaultCapacityProviderStrategies") or [],
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        self.update(aws, identity, state, {})


HANDLERS: Final = (Cluster(), ClusterCapacityProviders())
