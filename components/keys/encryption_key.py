"""A customer-managed KMS key."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

from components.keys.policies import Statement, key_policy

DELETION_WINDOW_DAYS: Final = range(7, 31)
ROTATION_PERIOD_DAYS: Final = range(90, 2561)


@dataclass(frozen=True, kw_only=True)
class EncryptionKeyArgs:
    """Inputs of EncryptionKey."""

    alias: str
    """The whole name, `alias/` included; unique in the region."""
    description: str
    account_id: str
    statements: Sequence[Statement] = ()
    """Grants beyond the account's own, which every key has."""
    deletion_window_days: int = 30
    rotation_period_days: int = 365
    protect: bool

    def __post_init__(self) -> None:
        if not re.fullmatch(r"alias/(?!aws/)[A-Za-z0-9/_-]{1,250}", self.alias):
            raise ValueError(
                "alias is 'alias/' and then letters, digits and /_-, but 'alias/aws/' is AWS's own,"
                f" got {self.alias!r}"
            )
        if self.deletion_window_days not in DELETION_WINDOW_DAYS:
            raise ValueError(f"deletion_window_days is 7 to 30, got {self.deletion_window_days}")
        if self.rotation_period_days not in ROTATION_PERIOD_DAYS:
            raise ValueError(f"rotation_period_days is 90 to 2560, got {self.rotation_period_days}")


class EncryptionKey(pulumi.ComponentResource):
    """A key that rotates, whose policy names everyone who may use it, and which is not deleted by mistake."""

    arn: pulumi.Output[str]
    key_id: pulumi.Output[str]
    alias_name: pulumi.Output[str]

    def __init__(
        self, name: str, args: EncryptionKeyArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:keys:EncryptionKey", name, {}, opts)

        key = aws.kms.Key(
            f"{name}-key",
            description=args.description,
            policy=json.dumps(key_policy(args.account_id, args.statements)),
            enable_key_rotation=True,
            rotation_period_in_days=args.rotation_period_days,
            deletion_window_in_days=args.deletion_window_days,
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
        )
        alias = aws.kms.Alias(
            f"{name}-alias",
            name=args.alias,
            target_key_id=key.key_id,
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.arn = key.arn
        self.key_id = key.key_id
        self.alias_name = alias.name
        self.register_outputs(
            {"arn": self.arn, "key_id": self.key_id, "alias_name": self.alias_name}
        )
