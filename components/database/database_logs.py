"""Where an instance writes what PostgreSQL reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.database.log_groups import EXPORTED_LOGS, log_group_name


@dataclass(frozen=True, kw_only=True)
class DatabaseLogsArgs:
    """Inputs of DatabaseLogs."""

    identifier: str
    """Of the instance, which must not exist yet."""
    key_arn: pulumi.Input[str]
    """Its policy must let CloudWatch Logs use it for the groups of log_groups.py."""
    retention_days: int
    protect: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


class DatabaseLogs(pulumi.ComponentResource):
    """Encrypted log groups with an end.

    Depend on the component: RDS would make them itself, without either, and then they cannot be made any more.
    """

    def __init__(
        self, name: str, args: DatabaseLogsArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:DatabaseLogs", name, {}, opts)

        for log in EXPORTED_LOGS:
            aws.cloudwatch.LogGroup(
                f"{name}-{log}",
                name=log_group_name(args.identifier, log),
                kms_key_id=args.key_arn,
                retention_in_days=args.retention_days,
                tags=args.tags,
                opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
            )

        self.register_outputs({})
