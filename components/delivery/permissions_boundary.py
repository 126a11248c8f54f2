"""A managed policy that only ever cuts: what a role under it can do at most."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.delivery.statements import Document


@dataclass(frozen=True, kw_only=True)
class PermissionsBoundaryArgs:
    """Inputs of PermissionsBoundary."""

    policy_name: str
    """whole: its ARN stands in other policies"""
    description: str
    document: Document


class PermissionsBoundary(pulumi.ComponentResource):
    """A boundary for roles. It grants nothing to anybody."""

    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: PermissionsBoundaryArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:delivery:PermissionsBoundary", name, {}, opts)
        policy = aws.iam.Policy(
            f"{name}-policy",
            name=args.policy_name,
            description=args.description,
            policy=json.dumps(args.document),
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.arn = policy.arn
        self.register_outputs({"arn": self.arn})
