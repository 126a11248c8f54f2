"""The task of a gate: what it runs, and all that it may reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi

from components.compute.container_definitions import one_off_definition
from components.compute.service_logs import ServiceLogs
from components.compute.task_definition import task_definition
from components.compute.task_log import LogTarget
from components.compute.task_roles import TaskRoles
from components.compute.task_security_group import (
    HTTPS_ANYWHERE,
    Egress,
    TaskSecurityGroup,
    TaskSecurityGroupArgs,
)
from components.database import one_off_parts as parts
from components.database.database_access import DatabaseAccess, DatabaseAccessArgs


@dataclass(frozen=True, kw_only=True)
class OneOffTaskArgs:
    """Inputs of OneOffTask."""

    family: str
    account_id: str
    region: str
    vpc_id: pulumi.Input[str]
    egress: Sequence[Egress] = (HTTPS_ANYWHERE,)
    """Its ways to the registry, the secrets and the logs."""
    database_security_group_id: pulumi.Input[str]
    port: pulumi.Input[int]
    """Of the database, which the task may reach besides."""

    container: str
    image: pulumi.Input[str]
    repository_arn: pulumi.Input[str]
    pull_through: bool = False
    """The repository is a cache of a public one, which the first pull makes."""
    command: Sequence[str]
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]]
    secret_arns: Sequence[pulumi.Input[str]]
    secret_key_arns: Sequence[pulumi.Input[str]]
    cpu: int = 256
    memory_mib: int = 512
    cpu_architecture: str

    log_group_name: str
    log_retention_days: int
    logs_key_arn: pulumi.Input[str]
    mask_card_numbers: bool = False
    protect: bool = False
    """Of the log: whether Pulumi refuses to delete it."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if problems := parts.problems(self):
            raise ValueError(f"task {self.family}: {'; '.join(problems)}")


class OneOffTask(pulumi.ComponentResource):
    """A task that one gate runs and nobody else: hardened as a service is, without a role in AWS for its code.

    Its execution role reads exactly its secrets. It is in no service, so Service Connect's names mean nothing to it.
    Depend on the component: policies and rules come after what they are for.
    """

    task_definition_arn: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    execution_role_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: OneOffTaskArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:OneOffTask", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        ServiceLogs(name, parts.logs(args), opts=child)
        roles = TaskRoles(name, parts.roles(args), opts=child)
        group = TaskSecurityGroup(
            name,
            TaskSecurityGroupArgs(vpc_id=args.vpc_id, egress=args.egress, tags=args.tags),
            opts=child,
        )
        DatabaseAccess(
            f"{name}-database",
            DatabaseAccessArgs(
                client_security_group_id=group.security_group_id,
                database_security_group_id=args.database_security_group_id,
                port=args.port,
                description=f"{name} reaches its database",
            ),
            opts=child,
        )
        container = one_off_definition(
            name=args.container,
            image=args.image,
            memory_mib=args.memory_mib,
            command=args.command,
            environment=args.environment,
            secrets=args.secrets,
            log=LogTarget(group=args.log_group_name, region=args.region),
        )
        revision = task_definition(
            f"{name}-task",
            family=args.family,
            cpu=args.cpu,
            memory_mib=args.memory_mib,
            cpu_architecture=args.cpu_architecture,
            containers=[container],
            roles=roles,
            tags=args.tags,
            opts=child,
        )

        self.task_definition_arn = revision.arn
        self.security_group_id = group.security_group_id
        self.execution_role_arn = roles.execution_role_arn
        self.register_outputs(
            {
                "task_definition_arn": self.task_definition_arn,
                "security_group_id": self.security_group_id,
                "execution_role_arn": self.execution_role_arn,
            }
        )
