"""Controls on encryption keys: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.engine.values import Secret

KEY: Final = "aws:kms/key:Key"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
CONTEXT: Final = "kms:EncryptionContext:aws:logs:arn"


def keys_wait_a_month_for_deletion(recording: Recording) -> list[str]:
    """KMS.3: a key that was deleted by mistake can be saved for 30 days."""
    return [
        f"{key.name}: deleted after {key.inputs.get('deletionWindowInDays')} days"
        for key in recording.all(KEY)
        if key.inputs.get("deletionWindowInDays") != 30
    ]


def keys_are_protected(recording: Recording) -> list[str]:
    """What a lost key encrypted is lost; for stacks whose settings ask for protection."""
    return [f"{key.name}: not protected" for key in recording.all(KEY) if not key.protect]


def keys_rotate(recording: Recording) -> list[str]:
    """KMS.4, once a year at least."""
    return [
        f"{key.name}: does not rotate every year"
        for key in recording.all(KEY)
        if key.inputs.get("enableKeyRotation") is not True
        or key.inputs.get("rotationPeriodInDays", 365) > 365
    ]


def keys_name_their_users(recording: Recording) -> list[str]:
    """KMS.5 and CDE-5: nobody is everybody, and only the account has every action."""
    findings = []
    for key in recording.all(KEY):
        for statement in _statements(key):
            principals = _listed(statement["Principal"])
            where = f"{key.name}: statement {statement['Sid']}"
            if any("*" in each for each in principals):
                findings.append(f"{where} is for everybody")
            wide = {"*", "kms:*"} & set(_many(statement["Action"]))
            if wide and not all(each.endswith(":root") for each in principals):
                findings.append(f"{where} gives every action to {principals}")
            service = any(each.endswith(".amazonaws.com") for each in principals)
            if service and not statement.get("Condition"):
                findings.append(f"{where} lets the service use the key for any customer")
    return findings


def keys_stay_manageable(recording: Recording) -> list[str]:
    """Without the account's own statement a key can never be changed or deleted again."""
    return [
        f"{key.name}: the account cannot manage it"
        for key in recording.all(KEY)
        if not any(
            _many(statement["Action"]) == ["kms:*"]
            and all(each.endswith(":root") for each in _listed(statement["Principal"]))
            for statement in _statements(key)
        )
    ]


def log_groups_may_use_their_key(recording: Recording) -> list[str]:
    """CloudWatch Logs refuses to create a group whose ARN the key's policy does not name; wildcards name too many."""
    keys = {key.urn: key for key in recording.all(KEY)}
    findings = []
    for group in recording.all(LOG_GROUP):
        used = [keys[urn] for urn in group.property_dependencies.get("kmsKeyId", ()) if urn in keys]
        findings += [
            f"{group.name}: {key.name} does not let CloudWatch Logs use it for the group"
            for key in used
            if not any(arn.endswith(f":log-group:{group.inputs['name']}") for arn in _groups(key))
        ]
    return findings + [
        f"{key.name}: CloudWatch Logs may use it for {arn}"
        for key in keys.values()
        for arn in _groups(key)
        if "*" in arn
    ]


def _groups(key: Registration) -> Iterator[str]:
    for statement in _statements(key):
        services = [each for each in _listed(statement["Principal"]) if each.startswith("logs.")]
        condition = statement.get("Condition", {}).get("ArnLike", {})
        if services:
            yield from _many(condition.get(CONTEXT, []))


def _statements(key: Registration) -> list[dict[str, Any]]:
    policy = key.inputs.get("policy")
    if policy is None or isinstance(policy, Secret):
        return []
    statements: list[dict[str, Any]] = key.json("policy")["Statement"]
    return statements


def _listed(principal: Any) -> list[str]:
    if isinstance(principal, str):
        return [principal]
    return [each for values in principal.values() for each in _many(values)]


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
