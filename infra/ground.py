"""What all services stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from components.compute.cluster import Cluster
from components.compute.fargate_service import FargateService
from components.compute.image_repository import ImageRepository
from components.compute.public_image_cache import PublicImageCache
from components.database.migrations_gate import MigrationsGate
from components.database.postgres_database import PostgresDatabase
from components.edge.load_balancer import PublicLoadBalancer
from components.network.network import Network
from infra.keys import ZoneKeys
from stacks.settings import StackSettings


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Everything of a stack that is there before its services."""

    settings: StackSettings
    network: Network
    load_balancer: PublicLoadBalancer
    certificate_arn: pulumi.Output[str]
    topic_arn: pulumi.Output[str]
    """Where alerts are published."""
    alerts_key_arn: pulumi.Output[str]
    """What they are encrypted with, there and in the dead-letter queues."""
    keys: Mapping[str, ZoneKeys]
    cluster: Cluster
    images: PublicImageCache
    databases: Mapping[str, PostgresDatabase]
    """By zone."""
    opts: pulumi.ResourceOptions


@dataclass(frozen=True, kw_only=True)
class PlatformService:
    """One service of the catalogue in this stack."""

    repository: ImageRepository
    fargate: FargateService
    migrations: MigrationsGate | None
    """None: it has no database, or no image yet."""
