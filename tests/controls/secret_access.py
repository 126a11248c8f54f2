"""Controls on who may read secrets: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stacks import names
from tests.controls.secrets import SECRET, VERSION
from tests.controls.tasks import TASK, containers
from tests.engine.documents import many
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.registration import Registration

POLICY: Final = "aws:secretsmanager/secretPolicy:SecretPolicy"
FUNCTION: Final = "aws:lambda/function:Function"
ROLE: Final = "aws:iam/role:Role"
READING: Final = "secretsmanager:GetSecretValue"
# A whole name; that of a role for people ends in letters of AWS's own choosing.
READER: Final = re.compile(
    r"arn:aws:iam::\d{12}:role/([^*]+|aws-reserved/sso[^*]+AWSReservedSSO_[^*]+_\*)"
)


def secrets_are_read_by_named_roles_alone(recording: Recording) -> list[str]:
    """Everybody else is denied the value, whatever IAM allows them.

    But for one whose readers come with the first image: an older policy would deny it to the tasks of that release.
    """
    policies = {urn: each for each in recording.all(POLICY) for urn in _of(each, "secretArn")}
    findings = []
    for secret in recording.all(SECRET):
        policy = policies.get(secret.urn)
        if policy is None and _waits_for_an_image(recording, secret):
            continue
        if policy is None:
            findings.append(f"{secret.name}: read by everybody whom IAM allows everything")
            continue
        if policy.inputs.get("blockPublicPolicy") is not True:
            findings.append(f"{secret.name}: its policy may become public")
        findings += [f"{secret.name}: {each}" for each in _weaknesses(policy)]
    return findings


def policies_of_secrets_lock_nobody_out(recording: Recording) -> list[str]:
    """A policy that denies changing it can be changed by AWS's support alone."""
    return [
        f"{policy.name}: denies {action}"
        for policy in recording.all(POLICY)
        for statement in policy.json("policy")["Statement"]
        for action in many(statement["Action"])
        if action != READING
    ]


def who_starts_a_task_may_read_its_secrets(recording: Recording) -> list[str]:
    """Both by its role's policy, which names exactly these secrets, and by the secret's own."""
    arns = {_arn(secret): secret for secret in recording.all(SECRET)}
    readers = {
        urn: _readers(each) for each in recording.all(POLICY) for urn in _of(each, "secretArn")
    }
    findings = []
    for task in recording.all(TASK):
        role, wanted = task.inputs["executionRoleArn"], set(_named(task))
        # A task of the revision before may start again while the logins change turns.
        allowed = _allowed(recording, role) - {
            _other_turn(each) for each in wanted
        } | wanted & _allowed(recording, role)
        if allowed != wanted:
            findings.append(
                f"{task.name}: may read {_short(allowed - wanted)} more, {_short(wanted - allowed)} less"
            )
        findings += [
            f"{task.name}: {arns[each].name} denies itself to {role}"
            for each in sorted(wanted & set(arns))
            if role not in readers.get(arns[each].urn, [role])
        ]
    return findings


def secrets_are_used(recording: Recording) -> list[str]:
    """SecretsManager.3; from the first image of its service on."""
    used = {each for task in recording.all(TASK) for each in _named(task)}
    for function in recording.all(FUNCTION):
        used |= set(function.inputs.get("environment", {}).get("variables", {}).values())
    return [
        f"{each.name}: used by no task"
        for each in recording.all(SECRET)
        if _arn(each) not in used and not _waits_for_an_image(recording, each)
    ]


def tasks_name_one_version_of_a_value_that_is_ours(recording: Recording) -> list[str]:
    """So a new value is a new revision, and a task that is started again gets the value of its own revision."""
    ours = {urn for each in recording.all(VERSION) for urn in _of(each, "secretId")}
    arns = {_arn(each) for each in recording.all(SECRET) if each.urn in ours}
    return [
        f"{name}: {each['name']} follows the newest version"
        for _, container, name in containers(recording)
        for each in container.get("secrets", [])
        if _base(each["valueFrom"]) in arns
        and not re.search(r":[\w-]*::[\w-]+$", each["valueFrom"])
    ]


def _waits_for_an_image(recording: Recording, secret: Registration) -> bool:
    waiting = recording.exports.get("without_image", [])
    return secret.inputs.get("tags", {}).get("service") in map(names.slug, waiting)


def _weaknesses(policy: Registration) -> Iterator[str]:
    statements = policy.json("policy")["Statement"]
    yield from ("its policy allows something" for each in statements if each["Effect"] != "Deny")
    denying = [
        each
        for each in statements
        if each["Effect"] == "Deny" and each["Principal"] == "*" and READING in many(each["Action"])
    ]
    if not denying:
        yield "its policy denies the value to nobody"
    readers = _readers(policy)
    if not readers:
        yield "its policy names no reader"
    yield from (f"read by {each}" for each in readers if not READER.fullmatch(each))


def _readers(policy: Registration) -> list[str]:
    return [
        reader
        for statement in policy.json("policy")["Statement"]
        for operator in ("ArnNotLike", "ArnNotEquals")
        for reader in many(
            statement.get("Condition", {}).get(operator, {}).get("aws:PrincipalArn", [])
        )
    ]


def _allowed(recording: Recording, role_arn: str) -> set[str]:
    """The secrets that a role's own policies let it read."""
    roles = [
        each.urn
        for each in recording.all(ROLE)
        if OUTPUTS[ROLE](each.name, each.inputs)["arn"] == role_arn
    ]
    return {
        resource
        for policy in recording.all("aws:iam/rolePolicy:RolePolicy")
        if set(roles) & set(_of(policy, "role"))
        for statement in policy.json("policy")["Statement"]
        if READING in many(statement["Action"])
        for resource in many(statement["Resource"])
    }


def _named(task: Registration) -> Iterator[str]:
    for container in task.json("containerDefinitions"):
        for each in container.get("secrets", []):
            yield _base(each["valueFrom"])


def _base(reference: str) -> str:
    """The ARN of a secret, of a reference to a key of it."""
    return ":".join(reference.split(":")[:7])


def _arn(secret: Registration) -> str:
    return str(OUTPUTS[SECRET](secret.name, secret.inputs)["arn"])


def _of(registration: Registration, key: str) -> tuple[str, ...]:
    return registration.property_dependencies.get(key, ())


def _other_turn(arn: str) -> str:
    """Of the secret of one of two logins that take turns, that of the other; of any other secret the same."""
    turns = {"a": "b", "b": "a"}
    return re.sub(r"(?<=/app-)[ab](?=-\w{6}$)", lambda match: turns[match.group()], arn)


def _short(arns: set[str]) -> str:
    return ", ".join(sorted(each.rsplit(":", 1)[-1] for each in arns)) or "nothing"
