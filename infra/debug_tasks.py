"""For each service a task that a person can run and look around in."""

from __future__ import annotations

from collections.abc import Mapping

from components.compute.debug_task import DebugTask, DebugTaskArgs
from components.secrets.service_secret import ServiceSecret
from infra.ground import Ground, PlatformService
from infra.service_database import ServiceDatabase
from infra.variables import plain_variables, secret_variables
from stacks import names
from stacks.catalogue import Service

NEVER_IN = "card"
"""A shell beside card data is not offered."""


def build_debug_tasks(
    ground: Ground,
    catalogue: Mapping[str, Service],
    built: Mapping[str, PlatformService],
    databases: Mapping[str, ServiceDatabase],
    secrets: Mapping[str, Mapping[str, ServiceSecret]],
) -> dict[str, DebugTask]:
    """By service; docs/debug.md tells how a person runs one."""
    return {
        service.name: _build(
            ground,
            service,
            image,
            built[service.name],
            databases.get(service.name),
            secrets[service.name],
        )
        for service in catalogue.values()
        if service.zone != NEVER_IN and (image := ground.settings.services[service.name].image)
    }


def _build(
    ground: Ground,
    service: Service,
    image: str,
    built: PlatformService,
    database: ServiceDatabase | None,
    secrets: Mapping[str, ServiceSecret],
) -> DebugTask:
    settings, keys = ground.settings, ground.keys[service.zone]
    own, slug = settings.services[service.name], names.slug(service.name)
    active = database.logins.active if database else None
    variables = secret_variables(
        ground,
        service,
        secrets,
        url=active.url_reference if active else None,
        logins=[active] if active else [],
    )
    return DebugTask(
        f"{slug}-debug",
        DebugTaskArgs(
            family=f"{names.task_family(settings.stack, service.name)}-debug",
            zone=service.zone,
            account_id=settings.account.id,
            region=settings.account.region,
            image=image,
            repository_arn=built.repository.arn,
            cpu=own.cpu,
            memory_mib=own.memory_mib,
            cpu_architecture=settings.compute.cpu_architecture,
            environment=plain_variables(ground, service),
            secrets=variables.references,
            secret_arns=variables.arns,
            secret_key_arns=variables.key_arns,
            log_group_name=built.fargate.log_group_name,
            exec_log_group_name=names.log_group_name(settings.stack, "exec-sessions"),
            exec_key_arn=keys.logs.arn,
            tags={"service": slug},
        ),
        opts=ground.opts,
    )
