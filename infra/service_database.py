"""A service's own database: its logins, and the gate behind which it is as it must be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from components.database.postgres_database import PostgresDatabase
from components.database.roles.service_roles import (
    APP_A_PASSWORD,
    APP_B_PASSWORD,
    MIGRATOR_PASSWORD,
    ROLES_SQL,
    roles_variables,
)
from components.database.roles_gate import RolesGate, RolesGateArgs
from infra.ground import Ground
from infra.logins import ServiceLogins, build_logins
from stacks import names
from stacks.catalogue import Service

POSTGRES_IMAGE = "docker/library/postgres"
OLDEST_CLIENT = 16
"""The oldest psql that reads the script; a newer one speaks to older servers."""


@dataclass(frozen=True, kw_only=True)
class ServiceDatabase:
    """What a service is given to use its database with."""

    name: str
    server: PostgresDatabase
    logins: ServiceLogins
    roles: RolesGate


def build_service_databases(
    ground: Ground, catalogue: Mapping[str, Service]
) -> dict[str, ServiceDatabase]:
    """For each service that has a database; those of one server are set up at the same time."""
    return {
        service.name: _build(ground, service, service.database)
        for service in catalogue.values()
        if service.database
    }


def _build(ground: Ground, service: Service, database: str) -> ServiceDatabase:
    server, logins = ground.databases[service.zone], build_logins(ground, service, database)
    return ServiceDatabase(
        name=database,
        server=server,
        logins=logins,
        roles=_roles(ground, service, database, logins),
    )


def _roles(ground: Ground, service: Service, database: str, logins: ServiceLogins) -> RolesGate:
    settings, slug = ground.settings, names.slug(service.name)
    server, keys = ground.databases[service.zone], ground.keys[service.zone]
    major = int(getattr(settings.databases, service.zone).engine_version)
    return RolesGate(
        f"{slug}-roles",
        RolesGateArgs(
            family=f"{names.task_family(settings.stack, service.name)}-roles",
            account_id=settings.account.id,
            region=settings.account.region,
            cluster_arn=ground.cluster.arn,
            vpc_id=ground.network.vpc_id,
            subnet_ids=ground.network.private_subnet_ids,
            cpu_architecture=settings.compute.cpu_architecture,
            image=ground.images.image(POSTGRES_IMAGE, str(max(major, OLDEST_CLIENT))),
            repository_arn=ground.images.repository_arn(POSTGRES_IMAGE),
            host=server.address,
            port=server.port,
            server_id=server.resource_id,
            database_security_group_id=server.security_group_id,
            master_secret_arn=server.master_secret_arn,
            secret_key_arns=[keys.secrets.arn],
            sql=ROLES_SQL,
            variables=roles_variables(
                service=names.identifier(service.name),
                database=database,
                # Twice, for a rollout runs the old and the new tasks at once.
                app_connections=2 * settings.services[service.name].pooled_connections,
            ),
            logins={
                MIGRATOR_PASSWORD: logins.migrator,
                APP_A_PASSWORD: logins.app_a,
                APP_B_PASSWORD: logins.app_b,
            },
            log_group_name=names.log_group_name(settings.stack, f"{service.name}-roles"),
            log_retention_days=settings.compute.log_retention_days,
            logs_key_arn=keys.logs.arn,
            mask_card_numbers=service.zone == "card",
            protect=settings.protect,
            timeout_seconds=settings.databases.roles_timeout_seconds,
            tags={"service": slug},
        ),
        opts=ground.opts,
    )
