"""Roles, grants and passwords of one service's database are in place before anything logs in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from components.account import Account
from components.compute.task_security_group import HTTPS_ANYWHERE, Egress
from components.database.database_login import DatabaseLogin
from components.database.gate_task import GateTask, hold, task_input
from components.database.one_off_task import OneOffTask
from components.database.roles_task import CONTAINER, roles_task
from components.hooks import Change, Report


@dataclass(frozen=True, kw_only=True)
class RolesGateArgs:
    """Inputs of RolesGate."""

    family: str
    account_id: str
    region: str
    cluster_arn: pulumi.Input[str]
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    egress: Sequence[Egress] = (HTTPS_ANYWHERE,)
    cpu_architecture: str
    image: pulumi.Input[str]
    """With psql, of the server's major version or a later one, and at least 16."""
    repository_arn: pulumi.Input[str]
    """The cache of a public registry that the image comes from."""

    host: pulumi.Input[str]
    port: pulumi.Input[int]
    server_id: pulumi.Input[str]
    """Of this very server: one that was restored under the old name has another."""
    database_security_group_id: pulumi.Input[str]
    master_secret_arn: pulumi.Input[str]
    secret_key_arns: Sequence[pulumi.Input[str]]
    """What the master's secret and those of the logins are encrypted with."""

    sql: str
    variables: Mapping[str, str]
    """psql variables of the script."""
    logins: Mapping[str, DatabaseLogin]
    """Whose passwords the script sets, by the environment variable in which it finds each."""

    log_group_name: str
    log_retention_days: int
    logs_key_arn: pulumi.Input[str]
    mask_card_numbers: bool = False
    protect: bool = False
    """Of the log: whether Pulumi refuses to delete it."""
    timeout_seconds: int
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.sql.strip():  # psql would do nothing, and well
            raise ValueError(f"roles gate {self.family}: sql is empty")
        if self.timeout_seconds <= 0:
            raise ValueError(
                f"roles gate {self.family}: timeout_seconds is above 0, got {self.timeout_seconds}"
            )


class RolesGate(pulumi.ComponentResource):
    """Runs the SQL as the server's master when it, a variable, a password or the server is another than last time.

    When it fails it keeps what it held, so the next update runs it again: the SQL must be one that may run twice.
    """

    ready: pulumi.Output[str]
    """The task definition of the last run; depend on it by an input, which no `--target` leaves out."""
    security_group_id: pulumi.Output[str]
    execution_role_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: RolesGateArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:RolesGate", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        task = OneOffTask(name, roles_task(args), opts=child)
        account = Account(account_id=args.account_id, region=args.region)
        runner = GateTask(
            gate=name,
            account=account,
            container=CONTAINER,
            log_group=args.log_group_name,
            timeout_seconds=args.timeout_seconds,
        )

        async def set_up(change: Change, report: Report) -> None:
            await runner.run(change.new["task"], report)

        gate = hold(
            name,
            {
                "server": args.server_id,
                "task": task_input(task, cluster_arn=args.cluster_arn, subnet_ids=args.subnet_ids),
            },
            set_up,
            account=account,
            task=task,
            parent=self,
        )

        self.ready = gate.input.apply(_ready)
        self.security_group_id = task.security_group_id
        self.execution_role_arn = task.execution_role_arn
        self.register_outputs(
            {
                "ready": self.ready,
                "security_group_id": self.security_group_id,
                "execution_role_arn": self.execution_role_arn,
            }
        )


def _ready(held: Mapping[str, Any]) -> str:
    return str(held["task"]["taskDefinition"])
