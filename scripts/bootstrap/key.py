"""The KMS key that encrypts a stack's state and the secrets in its file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from components.keys.policies import key_policy
from scripts.bootstrap.aws import Aws
from scripts.bootstrap.documents import canonical
from scripts.bootstrap.errors import BootstrapError
from scripts.bootstrap.requirement import Requirement
from scripts.bootstrap.target import Target

ROTATION_DAYS: Final = 365
ABSENT: Final = ("NotFoundException",)
NOT_MADE_YET: Final = "the key above"
WORKING: Final = {
    "KeySpec": "SYMMETRIC_DEFAULT",
    "KeyUsage": "ENCRYPT_DECRYPT",
    "KeyManager": "CUSTOMER",
    "KeyState": "Enabled",
}


class StateKey:
    """The key behind the stack's alias. Without it the state cannot be read any more."""

    def __init__(self, aws: Aws, target: Target) -> None:
        self._aws = aws
        self._target = target

    def arn(self) -> str:
        """The key's ARN; before the key exists, words in its place."""
        found = self._describe(self._target.key_alias)
        return NOT_MADE_YET if found is None else str(found["Arn"])

    def requirements(self) -> Iterator[Requirement]:
        """All that must be so of the key."""
        need = partial(Requirement, place=f"key {self._target.key_alias}")
        policy = key_policy(self._target.account_id)
        yield need(name="key", wanted=lambda: WORKING, read=self._state, write=self._make)
        yield need(
            name="rotation",
            wanted=lambda: {"every days": ROTATION_DAYS},
            read=self._rotation,
            write=lambda: self._write("enable_key_rotation", RotationPeriodInDays=ROTATION_DAYS),
        )
        yield need(
            name="policy",
            wanted=lambda: canonical(policy),
            read=self._policy,
            write=lambda: self._write(
                "put_key_policy", PolicyName="default", Policy=json.dumps(policy)
            ),
        )
        yield need(
            name="tags",
            wanted=lambda: self._target.key_tags,
            read=self._own_tags,
            write=lambda: self._write("tag_resource", Tags=_tag_list(self._target.key_tags)),
        )

    def _describe(self, key: str) -> dict[str, Any] | None:
        found = self._aws.find("kms", "describe_key", ABSENT, KeyId=key)
        return None if found is None else dict(found["KeyMetadata"])

    def _state(self) -> dict[str, Any] | None:
        found = self._describe(self._target.key_alias)
        if found is not None:
            return {field: found.get(field) for field in WORKING}
        left = self._left_behind()
        return None if left is None else {"KeyId": left["KeyId"], "alias": "gone"}

    def _rotation(self) -> dict[str, Any] | None:
        found = self._read("get_key_rotation_status")
        if found is None:
            return None
        if not found["KeyRotationEnabled"]:
            return {"every days": "never"}
        return {"every days": found.get("RotationPeriodInDays", ROTATION_DAYS)}

    def _policy(self) -> object | None:
        found = self._read("get_key_policy", PolicyName="default")
        return None if found is None else canonical(json.loads(found["Policy"]))

    def _own_tags(self) -> dict[str, str] | None:
        """The tags of ours; others are nobody's business here."""
        found = self._describe(self._target.key_alias)
        if found is None:
            return None
        tags = self._tags(found["KeyId"])
        return {name: tags[name] for name in self._target.key_tags if name in tags}

    def _make(self) -> None:
        found = self._describe(self._target.key_alias)
        if found is None:
            found = self._left_behind() or self._create()
            self._aws.call(
                "kms", "create_alias", AliasName=self._target.key_alias, TargetKeyId=found["KeyId"]
            )
        self._revive(found)

    def _create(self) -> dict[str, Any]:
        created = self._aws.call(
            "kms",
            "create_key",
            Description=f"Pulumi state and secrets of the stack {self._target.stack}",
            KeySpec=WORKING["KeySpec"],
            KeyUsage=WORKING["KeyUsage"],
            Tags=_tag_list(self._target.key_tags),
        )
        return dict(created["KeyMetadata"])

    def _left_behind(self) -> dict[str, Any] | None:
        """A key of ours whose alias is gone. It may be the only one that can read the state, so it is used again."""
        keys = [
            key["KeyId"]
            for key in self._every_key()
            if self._target.key_tags.items() <= self._tags(key["KeyId"]).items()
        ]
        if len(keys) > 1:
            raise BootstrapError(
                f"{self._target.key_alias} does not exist, and {len(keys)} keys are tagged as this stack's:"
                f" {', '.join(sorted(keys))}; give the alias to the one that encrypts the state"
                f" (aws kms create-alias --alias-name {self._target.key_alias} --target-key-id KEY)"
            )
        return self._describe(keys[0]) if keys else None

    def _revive(self, found: dict[str, Any]) -> None:
        """Undo a disabled or scheduled-for-deletion key; whatever else is wrong with it cannot be mended."""
        shape = {field: found.get(field) for field in WORKING if field != "KeyState"}
        state = found["KeyState"]
        if not shape.items() <= WORKING.items() or state not in {
            "Enabled",
            "Disabled",
            "PendingDeletion",
        }:
            raise BootstrapError(
                f"{self._target.key_alias} is the alias of {found['Arn']}, which cannot hold the state: it is"
                f" {shape | {'KeyState': state}}, needed is {WORKING}; give the alias to another key"
            )
        if state == "PendingDeletion":
            self._aws.call("kms", "cancel_key_deletion", KeyId=found["KeyId"])
        if state != "Enabled":
            self._aws.call("kms", "enable_key", KeyId=found["KeyId"])

    def _every_key(self) -> Iterator[dict[str, Any]]:
        page = self._aws.call("kms", "list_keys")
        yield from page["Keys"]
        while page.get("Truncated"):
            page = self._aws.call("kms", "list_keys", Marker=page["NextMarker"])
            yield from page["Keys"]

    def _tags(self, key: str) -> dict[str, str]:
        # A key whose policy keeps its tags from us is not ours.
        refused = ("AccessDeniedException", *ABSENT)
        found = self._aws.find("kms", "list_resource_tags", refused, KeyId=key)
        return {tag["TagKey"]: tag["TagValue"] for tag in (found or {}).get("Tags", ())}

    def _read(self, operation: str, **parameters: object) -> dict[str, Any] | None:
        found = self._describe(self._target.key_alias)
        if found is None:
            return None
        return self._aws.find("kms", operation, ABSENT, KeyId=found["KeyId"], **parameters)

    def _write(self, operation: str, **parameters: object) -> None:
        self._aws.call("kms", operation, KeyId=self.arn(), **parameters)


def _tag_list(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"TagKey": name, "TagValue": value} for name, value in tags.items()]
