"""Who may read a secret's value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.secrets.reader_policy import reader_policy, reader_problems


@dataclass(frozen=True, kw_only=True)
class SecretReadersArgs:
    """Inputs of SecretReaders."""

    secret_arn: pulumi.Input[str]
    role_arns: Sequence[pulumi.Input[str]]
    """The execution roles of the tasks that use the secret, who deploys, and who may look in an emergency."""

    def __post_init__(self) -> None:
        if problems := reader_problems(self.role_arns):
            raise ValueError(f"readers of a secret: {'; '.join(problems)}")


class SecretReaders(pulumi.ComponentResource):
    """Denies the value to everybody else, administrators included; the policy can still be changed by IAM's leave.

    A component of its own, because the roles of a task come after the secrets that it names.
    """

    def __init__(
        self, name: str, args: SecretReadersArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:secrets:SecretReaders", name, {}, opts)

        aws.secretsmanager.SecretPolicy(
            f"{name}-policy",
            secret_arn=args.secret_arn,
            policy=pulumi.Output.json_dumps(reader_policy(args.role_arns)),
            block_public_policy=True,
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.register_outputs({})
