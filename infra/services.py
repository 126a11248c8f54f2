"""The services, each alone: nothing here looks at another one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pulumi

from components.compute.capacity import Capacity
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.compute.image_repository import ImageRepository, ImageRepositoryArgs
from components.compute.scaling import Scaling
from components.compute.target_group import PublicRoute
from components.database.database_access import DatabaseAccess, DatabaseAccessArgs
from components.database.migrations_gate import MigrationsGate
from components.secrets.service_secret import ServiceSecret
from infra.ground import Ground, PlatformService
from infra.migrations import build_migrations_gate
from infra.service_alarms import judge
from infra.service_database import ServiceDatabase
from infra.service_secrets import build_presence_gate
from infra.variables import plain_variables, secret_variables
from stacks import names
from stacks.catalogue import Service
from stacks.settings import ServiceSettings

PRIORITY_STEP = 10
"""Between the listener rules of two services, so that a rule can be put in front of one by hand in an emergency."""


def build_services(
    ground: Ground,
    catalogue: Mapping[str, Service],
    databases: Mapping[str, ServiceDatabase],
    secrets: Mapping[str, Mapping[str, ServiceSecret]],
) -> dict[str, PlatformService]:
    """Every service of the catalogue, in its order."""
    return {
        service.name: _build(
            ground,
            service,
            databases.get(service.name),
            secrets[service.name],
            (index + 1) * PRIORITY_STEP,
        )
        for index, service in enumerate(catalogue.values())
    }


def _build(
    ground: Ground,
    service: Service,
    database: ServiceDatabase | None,
    secrets: Mapping[str, ServiceSecret],
    priority: int,
) -> PlatformService:
    settings, opts = ground.settings, ground.opts
    keys, own = ground.keys[service.zone], settings.services[service.name]
    slug = names.slug(service.name)
    tags = {"service": slug}
    repository = ImageRepository(
        f"{slug}-images",
        ImageRepositoryArgs(
            repository_name=names.repository_name(settings.stack, service.name),
            key_arn=keys.images.arn,
            images_kept=settings.compute.images_kept,
            protect=settings.protect,
            tags=tags,
        ),
        opts=opts,
    )
    variables = secret_variables(
        ground,
        service,
        secrets,
        url=database.logins.active.url_reference if database else None,
        # Both: a revision of before the last rotation may still be started again.
        logins=[database.logins.app_a, database.logins.app_b] if database else [],
    )
    gates: list[MigrationsGate] = []

    def release(revision: pulumi.Output[str]) -> pulumi.Output[str]:
        revision = build_presence_gate(ground, service, secrets, revision)
        if database is None or own.image is None:
            return revision
        gates.append(
            build_migrations_gate(
                ground, service, own.image, database, secrets, repository, revision
            )
        )
        return gates[0].release

    fargate = FargateService(
        slug,
        FargateServiceArgs(
            service_name=slug,
            family=names.task_family(settings.stack, service.name),
            account_id=settings.account.id,
            region=settings.account.region,
            tags=tags,
            cluster_arn=ground.cluster.arn,
            cluster_name=names.cluster_name(settings.stack),
            namespace_arn=ground.cluster.namespace_arn,
            vpc_id=ground.network.vpc_id,
            # secure_card_service moves to the card subnets together with their way out (docs/adr).
            subnet_ids=ground.network.private_subnet_ids,
            public=_route(ground, own, priority),
            image=own.image,
            release=release,
            judged_by=partial(judge, ground, service),
            repository_arn=repository.arn,
            command=service.command,
            port=service.port,
            environment=plain_variables(ground, service),
            secrets=variables.references,
            secret_arns=variables.arns,
            secret_key_arns=variables.key_arns,
            cpu=own.cpu,
            memory_mib=own.memory_mib,
            cpu_architecture=settings.compute.cpu_architecture,
            min_tasks=own.min_tasks,
            max_tasks=own.max_tasks,
            capacity=Capacity(**own.capacity.model_dump()),
            scaling=Scaling(**own.scaling.model_dump()),
            health_check_grace_seconds=own.health_check_grace_seconds,
            log_group_name=names.log_group_name(settings.stack, service.name),
            log_retention_days=settings.compute.log_retention_days,
            logs_key_arn=keys.logs.arn,
            mask_card_numbers=service.may_log_card_numbers,
            protect=settings.protect,
        ),
        opts=opts,
    )
    if database:
        _admit(ground, slug, fargate, database)
    return PlatformService(
        repository=repository, fargate=fargate, migrations=gates[0] if gates else None
    )


def _admit(ground: Ground, slug: str, fargate: FargateService, database: ServiceDatabase) -> None:
    DatabaseAccess(
        f"{slug}-database",
        DatabaseAccessArgs(
            client_security_group_id=fargate.security_group_id,
            database_security_group_id=database.server.security_group_id,
            port=database.server.port,
            description=f"{slug} uses its database",
        ),
        opts=ground.opts,
    )


def _route(ground: Ground, own: ServiceSettings, priority: int) -> PublicRoute | None:
    if own.host is None:
        return None
    return PublicRoute(
        listener_arn=ground.load_balancer.listener_arn,
        host=own.host,
        priority=priority,
        load_balancer_security_group_id=ground.load_balancer.security_group_id,
        load_balancer_arn_suffix=ground.load_balancer.arn_suffix,
        idle_timeout_seconds=ground.settings.edge.idle_timeout_seconds,
    )
