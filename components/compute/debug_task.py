"""A task to look inside a running platform with: the service's image, open to ECS Exec, for some hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi

from components.compute.container_definitions import debug_definition
from components.compute.task_definition import task_definition
from components.compute.task_log import LogTarget
from components.compute.task_policies import exec_statements, execution_statements
from components.compute.task_roles import TaskRoles, TaskRolesArgs
from components.compute.task_size import size_problems

LONGEST_HOURS: Final = 12


@dataclass(frozen=True, kw_only=True)
class DebugTaskArgs:
    """Inputs of DebugTask."""

    family: str
    zone: str
    account_id: str
    region: str
    image: str
    repository_arn: pulumi.Input[str]
    cpu: int
    memory_mib: int
    cpu_architecture: str
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secret_arns: Sequence[pulumi.Input[str]] = ()
    secret_key_arns: Sequence[pulumi.Input[str]] = ()
    log_group_name: str
    exec_log_group_name: str
    exec_key_arn: pulumi.Input[str]
    hours: int = 4
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = size_problems(self.cpu, self.memory_mib)
        if self.zone != "general":
            problems.append(
                f"zone is general, got {self.zone}: a shell beside card data is never offered"
            )
        if not 1 <= self.hours <= LONGEST_HOURS:
            problems.append(f"hours is 1 to {LONGEST_HOURS}, got {self.hours}")
        if problems:
            raise ValueError(f"debug task {self.family}: {'; '.join(problems)}")


class DebugTask(pulumi.ComponentResource):
    """Only a task definition: a person runs it, and it ends by itself. What is typed in it is logged.

    Its role may do nothing but hold a session, so what the service may do in AWS cannot be tried from here. As a
    task without a service it is not in Service Connect either.
    """

    task_definition_arn: pulumi.Output[str]
    execution_role_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: DebugTaskArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:DebugTask", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        roles = TaskRoles(name, _roles(args), opts=child)
        revision = task_definition(
            f"{name}-task",
            family=args.family,
            cpu=args.cpu,
            memory_mib=args.memory_mib,
            cpu_architecture=args.cpu_architecture,
            containers=[
                debug_definition(
                    image=args.image,
                    memory_mib=args.memory_mib,
                    hours=args.hours,
                    environment=args.environment,
                    secrets=args.secrets,
                    log=LogTarget(group=args.log_group_name, region=args.region),
                )
            ],
            roles=roles,
            tags=args.tags,
            opts=child,
        )

        self.task_definition_arn = revision.arn
        self.execution_role_arn = roles.execution_role_arn
        self.register_outputs(
            {
                "task_definition_arn": self.task_definition_arn,
                "execution_role_arn": self.execution_role_arn,
            }
        )


def _roles(args: DebugTaskArgs) -> TaskRolesArgs:
    return TaskRolesArgs(
        account_id=args.account_id,
        region=args.region,
        execution_statements=execution_statements(
            account_id=args.account_id,
            region=args.region,
            log_group_name=args.log_group_name,
            repository_arns=[args.repository_arn],
            secret_arns=args.secret_arns,
            secret_key_arns=args.secret_key_arns,
        ),
        task_statements=exec_statements(
            account_id=args.account_id,
            region=args.region,
            log_group_name=args.exec_log_group_name,
            key_arn=args.exec_key_arn,
        ),
        tags=args.tags,
    )
