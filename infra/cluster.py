"""The cluster of a stack, and where the images come from that are not built here."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.public_image_cache import PublicImageCache, PublicImageCacheArgs
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
            protect=settings.protect,
        ),
        opts=opts,
    )


def build_image_cache(settings: StackSettings, opts: pulumi.ResourceOptions) -> PublicImageCache:
    """Where the images come from that TurnStay does not build."""
    return PublicImageCache(
        "public-images",
        PublicImageCacheArgs(
            account_id=settings.account.id, region=settings.account.region, prefix="ecr-public"
        ),
        opts=opts,
    )
