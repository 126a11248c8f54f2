"""Backups of databases that do not belong to the databases."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.database.backup_policies import backup_rights, backup_trust

HOURS: Final = range(24)


@dataclass(frozen=True, kw_only=True)
class DatabaseBackupsArgs:
    """Inputs of DatabaseBackups."""

    account_id: str
    region: str
    database_arns: Sequence[pulumi.Input[str]]
    key_arn: pulumi.Input[str]
    """Of the vault."""
    database_key_arns: Sequence[pulumi.Input[str]]
    """Of the databases: a snapshot stays encrypted with the key of its database."""
    retention_days: int
    """Beyond the 35 days of an instance's own backups, or this adds little to them."""
    hour_utc: int = 5
    """Not in the hour before a database's backup or maintenance window, nor in one: AWS Backup gives up then."""
    protect: bool
    """Of the vault. Without it, destroying the stack deletes the backups too."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.database_arns:
            raise ValueError("database_arns names at least one database, got none")
        if self.retention_days < 1:
            raise ValueError(f"retention_days is at least 1, got {self.retention_days}")
        if self.hour_utc not in HOURS:
            raise ValueError(f"hour_utc is 0 to 23, got {self.hour_utc}")


class DatabaseBackups(pulumi.ComponentResource):
    """A snapshot of each database a day in a vault of its own, which outlives the database (RDS.26)."""

    vault_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: DatabaseBackupsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:DatabaseBackups", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        vault = aws.backup.Vault(
            f"{name}-vault",
            kms_key_arn=args.key_arn,
            force_destroy=not args.protect,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        plan = aws.backup.Plan(
            f"{name}-plan",
            rules=[
                aws.backup.PlanRuleArgs(
                    rule_name="daily",
                    target_vault_name=vault.name,
                    schedule=f"cron(0 {args.hour_utc} * * ? *)",
                    lifecycle=aws.backup.PlanRuleLifecycleArgs(delete_after=args.retention_days),
                )
            ],
            tags=args.tags,
            opts=child,
        )
        role = aws.iam.Role(
            f"{name}-role",
            description="AWS Backup takes snapshots of the databases",
            assume_role_policy=json.dumps(backup_trust(args.account_id)),
            tags=args.tags,
            opts=child,
        )
        rights = aws.iam.RolePolicy(
            f"{name}-rights",
            role=role.name,
            policy=pulumi.Output.json_dumps(
                backup_rights(
                    region=args.region,
                    account_id=args.account_id,
                    vault_arn=vault.arn,
                    key_arns=[args.key_arn, *args.database_key_arns],
                )
            ),
            opts=child,
        )
        aws.backup.Selection(
            f"{name}-selection",
            plan_id=plan.id,
            iam_role_arn=role.arn,
            resources=list(args.database_arns),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[rights]),
        )

        self.vault_arn = vault.arn
        self.register_outputs({"vault_arn": self.vault_arn})
