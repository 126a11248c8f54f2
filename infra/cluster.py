"""The cluster of a stack."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.cluster import Cluster, ClusterArgs
from infra.keys import ZoneKeys
from stacks import names
from stacks.settings import StackSettings


def build_cluster(
    settings: StackSettings, keys: Mapping[str, ZoneKeys], opts: pulumi.ResourceOptions
) -> Cluster:
    """The cluster and the namespace in which services find each other."""
    return Cluster(
        "cluster",
        ClusterArgs(
            cluster_name=names.cluster_name(settings.stack),
            namespace_name=names.namespace_name(settings.stack),
            container_insights=settings.compute.container_insights,
            exec_log_group_name=names.log_group_name(settings.stack, "exec-sessions"),
            log_retention_days=settings.compute.log_retention_days,
            logs_key_arn=keys["general"].logs.arn,
        ),
        opts=opts,
    )
