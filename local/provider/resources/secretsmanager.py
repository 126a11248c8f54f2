"""Secrets without their values: what they are called, who may read them, and when they are rotated."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.shapes import from_aws, to_aws
from local.provider.tags import pairs
from local.provider.values import Props, picked

RECOVERY_DAYS: Final = 30


def described(aws: Aws, secret: str) -> Props | None:
    """Ask for a secret by its ARN or name; one that waits for its deletion is gone."""
    found = aws("secretsmanager").describe_secret(SecretId=secret)
    return None if found.get("DeletedDate") else dict(found)


class Secret(Handler):
    """aws.secretsmanager.Secret. Its name is taken for the days of its recovery window, unless these are 0."""

    type = "aws:secretsmanager/secret:Secret"
    inputs = words(
        "description forceOverwriteReplicaSecret kmsKeyId name recoveryWindowInDays tags"
    )
    replace = words("name")
    computed = ("arn",)
    unread = words("forceOverwriteReplicaSecret recoveryWindowInDays")
    autoname = Autoname(longest=512)
    tagging = "secretsmanager"

    def create(self, aws: Aws, new: Props) -> str:
        key = {"KmsKeyId": new["kmsKeyId"]} if new.get("kmsKeyId") else {}
        answer = aws("secretsmanager").create_secret(
            Name=new["name"],
            Description=new.get("description", ""),
            ForceOverwriteReplicaSecret=new.get("forceOverwriteReplicaSecret", False),
            Tags=pairs(new["tagsAll"]),
            **key,
        )
        return str(answer["ARN"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = described(aws, identity)
        return found and picked(
            found, arn="ARN", description="Description", kmsKeyId="KmsKeyId", name="Name"
        )

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        # Without a value this makes no version.
        key = {"KmsKeyId": new["kmsKeyId"]} if new.get("kmsKeyId") else {}
        aws("secretsmanager").update_secret(
            SecretId=identity, Description=new.get("description", ""), **key
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if described(aws, identity) is None:
            return
        days = state.get("recoveryWindowInDays", RECOVERY_DAYS)
        window = {"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}
        aws("secretsmanager").delete_secret(SecretId=identity, **window)


class SecretPolicy(Handler):
    """aws.secretsmanager.SecretPolicy."""

    type = "aws:secretsmanager/secretPolicy:SecretPolicy"
    inputs = words("blockPublicPolicy policy secretArn")
    replace = words("secretArn")
    unread = words("blockPublicPolicy")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["secretArn"], {}, new)
        return str(new["secretArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        if described(aws, identity) is None:
            return None
        found = aws("secretsmanager").get_resource_policy(SecretId=identity)
        if not found.get("ResourcePolicy"):
            return None
        return {"policy": found["ResourcePolicy"], "secretArn": identity}

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("secretsmanager").put_resource_policy(
            SecretId=identity,
            ResourcePolicy=new["policy"],
            BlockPublicPolicy=new.get("blockPublicPolicy", False),
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if described(aws, identity) is not None:
            aws("secretsmanager").delete_resource_policy(SecretId=identity)


class SecretRotation(Handler):
    """aws.secretsmanager.SecretRotation of a secret that a service of AWS keeps and rotates itself, without a Lambda."""

    type = "aws:secretsmanager/secretRotation:SecretRotation"
    inputs = words("rotateImmediately rotationRules secretId")
    replace = words("secretId")
    computed = ("rotationEnabled",)
    unread = words("rotateImmediately")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["secretId"], {}, new)
        return str(new["secretId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = described(aws, identity)
        if not found or not found.get("RotationEnabled"):
            return None
        return {
            "rotationEnabled": True,
            "rotationRules": from_aws(found.get("RotationRules")),
            "secretId": identity,
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("secretsmanager").rotate_secret(
            SecretId=identity,
            RotateImmediately=new.get("rotateImmediately", True),
            RotationRules=to_aws(new["rotationRules"]),
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        if described(aws, identity) is not None:
            aws("secretsmanager").cancel_rotate_secret(SecretId=identity)


HANDLERS: Final = (Secret(), SecretPolicy(), SecretRotation())
