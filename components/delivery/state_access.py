"""What a role needs of the bucket and key that hold a stack's state (scripts/bootstrap_account.py makes both)."""

from __future__ import annotations

from typing import Final

from components.delivery.statements import Arn, Statement, allow, deny

LOCKED: Final = (
    "kms:CreateGrant",
    "kms:DisableKey",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
)
"""What would put the state out of everybody's reach, or the key into somebody else's hands."""


def read_state(bucket: str, key_arn: Arn) -> list[Statement]:
    """To preview: the engine reads the state and decrypts the secrets in it. It takes no lock and writes nothing."""
    return [
        allow("StateFolder", ["s3:GetBucketLocation", "s3:ListBucket"], [_bucket(bucket)]),
        allow("State", ["s3:GetObject"], [f"{_bucket(bucket)}/.pulumi/*"]),
        allow("StateKey", ["kms:Decrypt"], [key_arn]),
    ]


def write_state(bucket: str, key_arn: Arn) -> list[Statement]:
    """To update: besides, locks and checkpoints. Old versions stay readable: nobody here deletes a version."""
    return [
        allow("StateFolder", ["s3:GetBucketLocation", "s3:ListBucket"], [_bucket(bucket)]),
        allow(
            "State",
            ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            [f"{_bucket(bucket)}/.pulumi/*"],
        ),
        allow("StateKey", ["kms:Decrypt", "kms:GenerateDataKey"], [key_arn]),
        deny("StateKeyStays", LOCKED, [key_arn]),
    ]


def _bucket(name: str) -> str:
    return f"arn:aws:s3:::{name}"
