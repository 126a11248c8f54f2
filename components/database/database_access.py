"""One allowed way to a database."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws


@dataclass(frozen=True, kw_only=True)
class DatabaseAccessArgs:
    """Inputs of DatabaseAccess."""

    client_security_group_id: pulumi.Input[str]
    database_security_group_id: pulumi.Input[str]
    port: pulumi.Input[int]
    description: str  # stands on both rules: who reaches what


class DatabaseAccess(pulumi.ComponentResource):
    """Exactly two rules: out of the client's group, into the database's, on one port and by group."""

    def __init__(
        self, name: str, args: DatabaseAccessArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:DatabaseAccess", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        aws.vpc.SecurityGroupEgressRule(
            f"{name}-egress",
            security_group_id=args.client_security_group_id,
            referenced_security_group_id=args.database_security_group_id,
            description=args.description,
            ip_protocol="tcp",
            from_port=args.port,
            to_port=args.port,
            opts=child,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-ingress",
            security_group_id=args.database_security_group_id,
            referenced_security_group_id=args.client_security_group_id,
            description=args.description,
            ip_protocol="tcp",
            from_port=args.port,
            to_port=args.port,
            opts=child,
        )

        self.register_outputs({})
