"""The two roles of a task: one for Fargate, which starts it, and one for the code that runs in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.compute.task_policies import Statement, document, trust_policy


@dataclass(frozen=True, kw_only=True)
class TaskRolesArgs:
    """Inputs of TaskRoles."""

    account_id: str
    region: str
    execution_statements: Sequence[Statement]
    task_statements: Sequence[Statement] = ()  # none: the code may call nothing in AWS
    tags: Mapping[str, str] = field(default_factory=dict)


class TaskRoles(pulumi.ComponentResource):
    """Roles of one family of tasks and of no other. Depend on the component: a role without its policy starts nothing."""

    execution_role_arn: pulumi.Output[str]
    task_role_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: TaskRolesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:TaskRoles", name, {}, opts)

        self.execution_role_arn = self._role(
            f"{name}-execution-role", "Starts the tasks of", name, args.execution_statements, args
        )
        self.task_role_arn = self._role(
            f"{name}-task-role", "The code in the tasks of", name, args.task_statements, args
        )
        self.register_outputs(
            {
                "execution_role_arn": self.execution_role_arn,
                "task_role_arn": self.task_role_arn,
            }
        )

    def _role(
        self,
        role_name: str,
        purpose: str,
        owner: str,
        statements: Sequence[Statement],
        args: TaskRolesArgs,
    ) -> pulumi.Output[str]:
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            role_name,
            description=f"{purpose} {owner}",
            assume_role_policy=json.dumps(trust_policy(args.account_id, args.region)),
            tags=args.tags,
            opts=child,
        )
        if statements:
            aws.iam.RolePolicy(
                f"{role_name}-policy",
                role=role.name,
                policy=pulumi.Output.json_dumps(document(statements)),
                opts=child,
            )
        return role.arn
