"""A revision of a Fargate task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pulumi
import pulumi_aws as aws

from components.compute.container_definitions import Definition
from components.compute.task_roles import TaskRoles


def task_definition(
    resource_name: str,
    *,
    family: str,
    cpu: int,
    memory_mib: int,
    cpu_architecture: str,
    containers: Sequence[Definition],
    roles: TaskRoles,
    tags: Mapping[str, str],
    opts: pulumi.ResourceOptions,
) -> aws.ecs.TaskDefinition:
    """Register a revision; every change of it is a new one. Outputs inside `containers` are resolved here."""
    return aws.ecs.TaskDefinition(
        resource_name,
        family=family,
        cpu=str(cpu),
        memory=str(memory_mib),
        network_mode="awsvpc",
        requires_compatibilities=["FARGATE"],
        runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
            cpu_architecture=cpu_architecture, operating_system_family="LINUX"
        ),
        execution_role_arn=roles.execution_role_arn,
        task_role_arn=roles.task_role_arn,
        container_definitions=pulumi.Output.json_dumps(containers, sort_keys=True),
        # ECS rolls back to the revision before: it must stay ACTIVE when the next one replaces it here.
        skip_destroy=True,
        tags=tags,
        opts=opts,
    )
