"""A role that jobs on GitHub take, with the rights of one task of the pipeline."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.delivery.statements import Document, Statement, document

SHORTEST_SECONDS, LONGEST_SECONDS = 3600, 43_200
"""What IAM takes as the longest session of a role."""


@dataclass(frozen=True, kw_only=True)
class DeliveryRoleArgs:
    """Inputs of DeliveryRole."""

    role_name: str
    """whole: a workflow names it"""
    description: str
    trust: Document
    statements: Sequence[Statement]
    """the role's own policy; ARNs in it may be outputs"""
    managed_documents: Mapping[str, Document] = field(default_factory=dict)
    """policies beside it, by a name for each: IAM takes 10,240 characters in a role and 6,144 in each of these"""
    boundary_arn: pulumi.Input[str] | None = None
    session_seconds: int = SHORTEST_SECONDS
    """how long a session may last; an update is not cut off in the middle"""

    def __post_init__(self) -> None:
        if not SHORTEST_SECONDS <= self.session_seconds <= LONGEST_SECONDS:
            raise ValueError(
                f"session_seconds is {SHORTEST_SECONDS} to {LONGEST_SECONDS}, got {self.session_seconds}"
            )


class DeliveryRole(pulumi.ComponentResource):
    """A role without a key: a job proves with GitHub's token who it is, and has the rights for one session."""

    arn: pulumi.Output[str]

    def __init__(
        self, name: str, args: DeliveryRoleArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:delivery:DeliveryRole", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            f"{name}-role",
            name=args.role_name,
            description=args.description,
            assume_role_policy=json.dumps(args.trust),
            permissions_boundary=args.boundary_arn,
            max_session_duration=args.session_seconds,
            opts=child,
        )
        aws.iam.RolePolicy(
            f"{name}-rights",
            role=role.name,
            policy=pulumi.Output.json_dumps(document(args.statements)),
            opts=child,
        )
        for key, managed in sorted(args.managed_documents.items()):
            policy = aws.iam.Policy(
                f"{name}-{key}",
                name=f"{args.role_name}-{key}",
                description=f"{args.description}: {key}",
                policy=json.dumps(managed),
                opts=child,
            )
            aws.iam.RolePolicyAttachment(
                f"{name}-{key}-attached", role=role.name, policy_arn=policy.arn, opts=child
            )
        self.arn = role.arn
        self.register_outputs({"arn": self.arn})
