"""One secret variable of one service, whatever its value comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.secrets.secret_checks import Source, secret_problems

# 64 letters and digits are 381 bits and 64 bytes, which is what the longest of the usual signatures (HS512) asks for.
LENGTH: Final = 64
RECOVERY_DAYS: Final = 30


@dataclass(frozen=True, kw_only=True)
class ServiceSecretArgs:
    """Inputs of ServiceSecret."""

    secret_name: str
    """A contract with operators. Of a protected secret it stays taken for 30 days after it was deleted."""
    description: str
    source: Source
    """generated: made up here; supplied: `value`; external: only the secret is made, an operator sets the value."""
    rotate: int = 0
    """Another number is another generated value."""
    value: pulumi.Input[str] | None = field(default=None, repr=False)
    """Of a supplied secret; kept secret from here on, even if it was not before."""
    key_arn: pulumi.Input[str]
    protect: bool
    """Whether Pulumi refuses to delete it. Without, it goes at once, and a stack that was taken down can be built anew."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problems = secret_problems(
            secret_name=self.secret_name,
            source=self.source,
            rotate=self.rotate,
            has_value=self.value is not None,
        )
        if problems:
            raise ValueError(f"secret {self.secret_name}: {'; '.join(problems)}")


class ServiceSecret(pulumi.ComponentResource):
    """A secret, and its value unless that is an operator's to set. Outputs refer to the value and never hold it.

    A reference to a value of ours names one version: a new value is a new revision of whoever uses it, and a task of
    the old revision that is started again still gets the old value. An operator's value is the current one, whichever
    that is. Say who may read it (SecretReaders).
    """

    secret_arn: pulumi.Output[str]
    version_id: pulumi.Output[str] | None = None
    """None: the value is an operator's."""
    reference: pulumi.Output[str]
    """`valueFrom` of a container's secret."""

    def __init__(
        self, name: str, args: ServiceSecretArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:secrets:ServiceSecret", name, {}, opts)

        secret = aws.secretsmanager.Secret(
            f"{name}-secret",
            name=args.secret_name,
            description=args.description,
            kms_key_id=args.key_arn,
            recovery_window_in_days=RECOVERY_DAYS if args.protect else 0,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        self.secret_arn = secret.arn
        self.reference = secret.arn
        outputs = {"secret_arn": self.secret_arn}
        value = self._value(name, args)
        if value is not None:
            version = aws.secretsmanager.SecretVersion(
                f"{name}-version",
                secret_id=secret.id,
                secret_string=value,
                opts=pulumi.ResourceOptions(parent=self),
            )
            self.version_id = version.version_id
            # ARN, then the key of a JSON value and the stage, which are left empty, then the version.
            self.reference = pulumi.Output.concat(secret.arn, ":::", version.version_id)
            outputs["version_id"] = self.version_id
        self.register_outputs({**outputs, "reference": self.reference})

    def _value(self, name: str, args: ServiceSecretArgs) -> pulumi.Output[str] | None:
        if args.source == "external":
            return None
        if args.value is not None:
            supplied: pulumi.Output[str] = pulumi.Output.secret(args.value)
            return supplied
        made = random.RandomPassword(
            f"{name}-value",
            length=LENGTH,
            special=False,
            keepers={"epoch": str(args.rotate)},
            opts=pulumi.ResourceOptions(parent=self),
        )
        generated: pulumi.Output[str] = pulumi.Output.secret(made.result)
        return generated
