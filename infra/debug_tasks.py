"""For each service a task that a person can run and look around in."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.debug_task import DebugTask, DebugTaskArgs
from infra.ground import Ground, PlatformService
from infra.services import plain_variables
from stacks import names
from stacks.catalogue import Service

NEVER_IN = "card"
"""A shell beside card data is not offered."""


def build_debug_tasks(
    ground: Ground, catalogue: Mapping[str, Service], built: Mapping[str, PlatformService]
) -> dict[str, dict[str, pulumi.Output[str]]]:
    """What a person needs to run one, by service; docs/debug.md tells how."""
    return {
        service.name: _build(ground, service, image, built[service.name])
        for service in catalogue.values()
        if service.zone != NEVER_IN and (image := ground.settings.services[service.name].image)
    }


def _build(
    ground: Ground, service: Service, image: str, built: PlatformService
) -> dict[str, pulumi.Output[str]]:
    settings = ground.settings
    own, slug = settings.services[service.name], names.slug(service.name)
    logs_key_arn = ground.keys[service.zone].logs.arn
    task = DebugTask(
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
            log_group_name=built.fargate.log_group_name,
            exec_log_group_name=names.log_group_name(settings.stack, "exec-sessions"),
            exec_key_arn=logs_key_arn,
            tags={"service": slug},
        ),
        opts=ground.opts,
    )
    return {
        "task_definition": task.task_definition_arn,
        "security_group": built.fargate.security_group_id,
    }
