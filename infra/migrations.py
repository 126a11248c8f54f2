"""A new revision of a service waits until its migrations have run."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.image_repository import ImageRepository
from components.database.migrations_gate import MigrationsGate, MigrationsGateArgs
from components.secrets.service_secret import ServiceSecret
from infra.ground import Ground
from infra.service_database import ServiceDatabase
from infra.variables import secret_variables
from stacks import names
from stacks.catalogue import Service


def build_migrations_gate(
    ground: Ground,
    service: Service,
    image: str,
    database: ServiceDatabase,
    secrets: Mapping[str, ServiceSecret],
    repository: ImageRepository,
    revision: pulumi.Output[str],
) -> MigrationsGate:
    """The gate of one service; what it lets through is what the service may run."""
    settings, slug = ground.settings, names.slug(service.name)
    own, keys = settings.services[service.name].database, ground.keys[service.zone]
    variables = secret_variables(ground, service, secrets)
    return MigrationsGate(
        f"{slug}-migrations",
        MigrationsGateArgs(
            family=f"{names.task_family(settings.stack, service.name)}-migrations",
            account_id=settings.account.id,
            region=settings.account.region,
            cluster_arn=ground.cluster.arn,
            vpc_id=ground.network.vpc_id,
            subnet_ids=ground.network.private_subnet_ids,
            image=image,
            repository_arn=repository.arn,
            command=service.migration_command,
            environment={"ENVIRONMENT": settings.environment},
            # The code reads its settings before it migrates, and they are not complete without these.
            secrets=variables.references,
            secret_arns=variables.arns,
            cpu_architecture=settings.compute.cpu_architecture,
            login=database.logins.migrator,
            secret_key_arns=[keys.secrets.arn],
            database=database.name,
            port=database.server.port,
            server_id=database.server.resource_id,
            database_security_group_id=database.server.security_group_id,
            migrate=own.migrate,
            after=database.roles.ready,
            release=revision,
            log_group_name=names.log_group_name(settings.stack, f"{service.name}-migrations"),
            log_retention_days=settings.compute.log_retention_days,
            logs_key_arn=keys.logs.arn,
            mask_card_numbers=service.may_log_card_numbers,
            protect=settings.protect,
            timeout_seconds=own.migrations_timeout_seconds,
            tags={"service": slug},
        ),
        opts=ground.opts,
    )
