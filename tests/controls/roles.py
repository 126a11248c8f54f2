"""Controls on IAM: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.controls.tasks import TASK
from tests.engine.recording import Recording
from tests.engine.registration import Registration

ROLE: Final = "aws:iam/role:Role"
POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
MANAGED: Final = "aws:iam/policy:Policy"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
# IAM knows no resource for these.
WITHOUT_RESOURCE: Final = {
    "ecr:GetAuthorizationToken",
    "logs:DescribeLogGroups",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
}
DECRYPTING: Final = ("kms:Decrypt", "kms:ReEncrypt")


def policies_name_their_actions(recording: Recording) -> list[str]:
    """IAM.1 and IAM.21: neither everything, nor all of a service, nor all but something."""
    findings = []
    for policy, statement in _statements(recording):
        findings += [
            f"{policy.name}: allows {each}"
            for each in _many(statement.get("Action", "*"))
            if each == "*" or each.endswith(":*")
        ]
        if "NotAction" in statement or "NotResource" in statement:
            findings.append(f"{policy.name}: allows all but something")
    return findings


def policies_name_their_resources(recording: Recording) -> list[str]:
    """Every resource only where IAM knows no other, or where a condition narrows it."""
    return [
        f"{policy.name}: {', '.join(wide)} on everything"
        for policy, statement in _statements(recording)
        if "*" in _many(statement.get("Resource", "*")) and not statement.get("Condition")
        if (wide := sorted(set(_many(statement.get("Action", "*"))) - WITHOUT_RESOURCE))
    ]


def nobody_decrypts_with_every_key(recording: Recording) -> list[str]:
    """KMS.1 and KMS.2: decrypting names its keys, conditions or not."""
    return [
        f"{policy.name}: decrypts with {resource}"
        for policy, statement in _statements(recording)
        if any(each.startswith(DECRYPTING) for each in _many(statement.get("Action", "*")))
        for resource in _many(statement.get("Resource", "*"))
        if "*" in resource
    ]


def no_managed_policy_is_attached(recording: Recording) -> list[str]:
    """AWS's own policies grant on every resource; AmazonECSTaskExecutionRolePolicy does. Ours are in the program."""
    ours = {each.inputs["name"] for each in recording.all(MANAGED)}
    attached = [
        each.name
        for each in recording.all(ATTACHMENT)
        if each.inputs["policyArn"].rpartition("/")[2] not in ours
    ]
    inline = [each.name for each in recording.all(ROLE) if each.inputs.get("managedPolicyArns")]
    return [f"{name}: a managed policy" for name in (*attached, *inline)]


def task_roles_trust_tasks_of_this_account_alone(recording: Recording) -> list[str]:
    """No confused deputy: the tasks of another customer are tasks too."""
    findings = []
    for role in recording.all(ROLE):
        for statement in role.json("assumeRolePolicy")["Statement"]:
            if statement["Principal"] != {"Service": "ecs-tasks.amazonaws.com"}:
                continue
            condition = statement.get("Condition", {})
            account = condition.get("StringEquals", {}).get("aws:SourceAccount", "")
            source = condition.get("ArnLike", {}).get("aws:SourceArn", "")
            if len(account) != 12 or f":{account}:" not in source:
                findings.append(f"{role.name}: taken by tasks of any account")
    return findings


def each_task_has_two_roles_of_its_own(recording: Recording) -> list[str]:
    """One to start it, one for its code, and neither another family's."""
    findings, owners = [], dict[str, str]()
    for task in recording.all(TASK):
        roles = [task.inputs.get(key) for key in ("executionRoleArn", "taskRoleArn")]
        if None in roles or roles[0] == roles[1]:
            findings.append(f"{task.name}: its code has the rights that start it, or none are set")
        for role in {each for each in roles if each}:
            owner = owners.setdefault(role, task.inputs["family"])
            if owner != task.inputs["family"]:
                findings.append(f"{task.name}: shares a role with {owner}")
    return findings


def secrets_are_decrypted_by_the_secrets_manager_alone(recording: Recording) -> list[str]:
    """Who starts a task has no use for the key itself."""
    return [
        f"{policy.name}: uses the key without the Secrets Manager"
        for policy, statement in _statements(recording)
        if "execution-role" in policy.name
        and any(each.startswith("kms:") for each in _many(statement["Action"]))
        and "secretsmanager."
        not in str(statement.get("Condition", {}).get("StringEquals", {}).get("kms:ViaService"))
    ]


def _statements(recording: Recording) -> Iterator[tuple[Registration, dict[str, Any]]]:
    for policy in recording.all(POLICY):
        for statement in _listed(policy.json("policy")["Statement"]):
            if statement["Effect"] == "Allow":
                yield policy, statement


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _many(value: str | list[str]) -> list[str]:
    return _listed(value)
