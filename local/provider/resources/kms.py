"""KMS keys and the names they go by."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, picked

DELETION_WINDOW_DAYS: Final = 30


class Key(Handler):
    """aws.kms.Key."""

    type = "aws:kms/key:Key"
    inputs = words(
        "deletionWindowInDays description enableKeyRotation isEnabled keyUsage multiRegion policy"
        " rotationPeriodInDays tags"
    )
    replace = words("keyUsage multiRegion")
    computed = ("arn", "keyId", "policy")
    unread = words("deletionWindowInDays")
    tagging = "kms"

    def create(self, aws: Aws, new: Props) -> str:
        policy = {"Policy": new["policy"]} if new.get("policy") else {}
        answer = aws("kms").create_key(
            Description=new.get("description", ""),
            KeyUsage=new.get("keyUsage", "ENCRYPT_DECRYPT"),
            MultiRegion=new.get("multiRegion", False),
            Tags=pairs(new["tagsAll"], "TagKey", "TagValue"),
            **policy,
        )
        identity = str(answer["KeyMetadata"]["KeyId"])
        with existing(identity):
            self._rotate(aws, identity, new)
            self._enable(aws, identity, {"isEnabled": True}, new)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        kms = aws("kms")
        key = kms.describe_key(KeyId=identity)["KeyMetadata"]
        if key["KeyState"] == "PendingDeletion":
            return None
        rotation = kms.get_key_rotation_status(KeyId=identity)
        return {
            **picked(
                key,
                arn="Arn",
                description="Description",
                isEnabled="Enabled",
                keyId="KeyId",
                keyUsage="KeyUsage",
                multiRegion="MultiRegion",
            ),
            "enableKeyRotation": rotation["KeyRotationEnabled"],
            "rotationPeriodInDays": rotation.get("RotationPeriodInDays"),
            "policy": kms.get_key_policy(KeyId=identity, PolicyName="default")["Policy"],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        kms = aws("kms")
        if new.get("description", "") != old.get("description", ""):
            kms.update_key_description(KeyId=identity, Description=new.get("description", ""))
        if new.get("policy") and new["policy"] != old.get("policy"):
            kms.put_key_policy(KeyId=identity, PolicyName="default", Policy=new["policy"])
        self._rotate(aws, identity, new)
        self._enable(aws, identity, old, new)

    @staticmethod
    def _rotate(aws: Aws, identity: str, new: Props) -> None:
        if new.get("enableKeyRotation"):
            days = new.get("rotationPeriodInDays")
            period = {"RotationPeriodInDays": days} if days else {}
            aws("kms").enable_key_rotation(KeyId=identity, **period)
        else:
            aws("kms").disable_key_rotation(KeyId=identity)

    @staticmethod
    def _enable(aws: Aws, identity: str, old: Props, new: Props) -> None:
        wanted = new.get("isEnabled", True)
        if old.get("isEnabled", True) != wanted:
            change = aws("kms").enable_key if wanted else aws("kms").disable_key
            change(KeyId=identity)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        days = state.get("deletionWindowInDays", DELETION_WINDOW_DAYS)
        aws("kms").schedule_key_deletion(KeyId=identity, PendingWindowInDays=days)


class Alias(Handler):
    """aws.kms.Alias."""

    type = "aws:kms/alias:Alias"
    inputs = words("name targetKeyId")
    replace = words("name")
    computed = ("arn", "targetKeyArn")
    autoname = Autoname(prefix="alias/")

    def create(self, aws: Aws, new: Props) -> str:
        aws("kms").create_alias(AliasName=new["name"], TargetKeyId=new["targetKeyId"])
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        kms = aws("kms")
        for page in kms.get_paginator("list_aliases").paginate():
            for alias in page["Aliases"]:
                if alias["AliasName"] == identity and alias.get("TargetKeyId"):
                    key = kms.describe_key(KeyId=alias["TargetKeyId"])["KeyMetadata"]
                    return {
                        "arn": alias["AliasArn"],
                        "name": identity,
                        "targetKeyArn": key["Arn"],
                        "targetKeyId": _as_given(state.get("targetKeyId"), key),
                    }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("kms").update_alias(AliasName=identity, TargetKeyId=new["targetKeyId"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("kms").delete_alias(AliasName=identity)


def _as_given(given: str | None, key: Props) -> str:
    """Name the key as the program does: by its ARN, or by its id."""
    return str(key["Arn"] if given == key["Arn"] else key["KeyId"])


HANDLERS: Final = (Key(), Alias())
