"""A service's new revision is let through once its migrations have run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pulumi

from components.account import Account
from components.compute.task_security_group import HTTPS_ANYWHERE, Egress
from components.database.database_login import DatabaseLogin
from components.database.gate_task import GateTask, hold, task_input
from components.database.migrations_task import CONTAINER, image_content, migrations_task
from components.database.one_off_task import OneOffTask
from components.hooks import Change, Report


@dataclass(frozen=True, kw_only=True)
class MigrationsGateArgs:
    """Inputs of MigrationsGate."""

    family: str
    account_id: str
    region: str
    cluster_arn: pulumi.Input[str]
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    egress: Sequence[Egress] = (HTTPS_ANYWHERE,)

    image: str
    """The service's own, by digest."""
    repository_arn: pulumi.Input[str]
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """What else the code wants before it migrates; DATABASE_URL is the login's."""
    secret_arns: Sequence[pulumi.Input[str]] = ()
    cpu: int = 256
    memory_mib: int = 512
    cpu_architecture: str

    login: DatabaseLogin
    """The migrator."""
    secret_key_arns: Sequence[pulumi.Input[str]]
    database: str
    port: pulumi.Input[int]
    server_id: pulumi.Input[str]
    database_security_group_id: pulumi.Input[str]

    migrate: bool = True
    """False: a release passes without its migrations. For an image that is older than the one that migrated last: Alembic
    refuses a database whose revision it does not know."""
    after: pulumi.Input[str]
    """`ready` of the roles gate: the migrator can log in."""
    release: pulumi.Input[str]
    """The task definition that the service shall run next."""

    log_group_name: str
    log_retention_days: int
    logs_key_arn: pulumi.Input[str]
    mask_card_numbers: bool = False
    protect: bool = False
    """Of the log: whether Pulumi refuses to delete it."""
    timeout_seconds: int
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = []
        if self.timeout_seconds <= 0:
            problems.append(f"timeout_seconds is above 0, got {self.timeout_seconds}")
        if "DATABASE_URL" in self.secrets:
            problems.append("secrets has no DATABASE_URL: it is the login's")
        if problems:
            raise ValueError(f"migrations gate {self.family}: {'; '.join(problems)}")


class MigrationsGate(pulumi.ComponentResource):
    """Runs the command when the content of the image, the command or the database is another than last time.

    A service that takes its revision from `release` stays on the old one when migrations fail, and whatever `--target`
    or `--exclude` leave out: the engine then answers with what the gate held before. A new variable or a new password
    of the service passes through and migrates nothing.
    """

    release: pulumi.Output[str]
    security_group_id: pulumi.Output[str]
    execution_role_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: MigrationsGateArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:MigrationsGate", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        task = OneOffTask(name, migrations_task(args), opts=child)
        account = Account(account_id=args.account_id, region=args.region)
        runner = GateTask(
            gate=name,
            account=account,
            container=CONTAINER,
            log_group=args.log_group_name,
            timeout_seconds=args.timeout_seconds,
        )

        async def migrate(change: Change, report: Report) -> None:
            if not change.new["migrates"]:
                report(f"{name}: the settings say not to migrate, so the database stays as it is")
                return
            if change.old and change.old["migrates"] == change.new["migrates"]:
                report(f"{name}: image, command and database are as before, nothing to migrate")
                return
            await runner.run(change.new["task"], report)

        gate = hold(
            name,
            {
                "after": args.after,
                "migrates": _content(args) if args.migrate else {},
                "release": args.release,
                "task": task_input(task, cluster_arn=args.cluster_arn, subnet_ids=args.subnet_ids),
            },
            migrate,
            account=account,
            task=task,
            parent=self,
        )

        self.release = gate.input.apply(_release)
        self.security_group_id = task.security_group_id
        self.execution_role_arn = task.execution_role_arn
        self.register_outputs(
            {
                "release": self.release,
                "security_group_id": self.security_group_id,
                "execution_role_arn": self.execution_role_arn,
            }
        )


def _content(args: MigrationsGateArgs) -> dict[str, pulumi.Input[Any]]:
    """What makes the gate migrate when it is another than last time."""
    return {
        "command": list(args.command),
        "database": args.database,
        "image": image_content(args.image),
        "server": args.server_id,
    }


def _release(held: Mapping[str, Any]) -> str:
    return str(held["release"])
