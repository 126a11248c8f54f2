"""What lets RDS report on an instance's operating system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.database.monitoring_policies import monitoring_delivery, monitoring_trust


@dataclass(frozen=True, kw_only=True)
class EnhancedMonitoringArgs:
    """Inputs of EnhancedMonitoring."""

    identifier: str
    """Of the instance, which need not exist yet."""
    account_id: str
    region: str
    tags: Mapping[str, str] = field(default_factory=dict)


class EnhancedMonitoring(pulumi.ComponentResource):
    """A role for one instance. Depend on the component: RDS tries the role when it is told of it."""

    role_arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: EnhancedMonitoringArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:EnhancedMonitoring", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        role = aws.iam.Role(
            f"{name}-role",
            description=f"RDS reports on the operating system of {args.identifier}",
            assume_role_policy=json.dumps(
                monitoring_trust(
                    region=args.region, account_id=args.account_id, identifier=args.identifier
                )
            ),
            tags=args.tags,
            opts=child,
        )
        aws.iam.RolePolicy(
            f"{name}-delivery",
            role=role.name,
            policy=json.dumps(monitoring_delivery(region=args.region, account_id=args.account_id)),
            opts=child,
        )

        self.role_arn = role.arn
        self.register_outputs({"role_arn": self.role_arn})
