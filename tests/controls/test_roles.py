"""Controls on IAM hold, and each is seen to fail on a role that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import roles as controls
from tests.controls.compute_sample import compute
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    setting,
)
from tests.controls.roles import ATTACHMENT, POLICY, ROLE
from tests.controls.tables import table
from tests.controls.tasks import TASK
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

LOGS, LAYERS, SECRETS, KEYS = 0, 2, 3, 4


def _statement(index: int, path: str, value: Any = DELETE) -> Change:
    key = f"policy!.Statement.{index}.{path}"
    return setting(POLICY, "ledger-execution-role-policy", key, value)


def _trust(path: str, value: Any = DELETE) -> Change:
    return setting(ROLE, "ledger-task-role", f"assumeRolePolicy!.Statement.0.{path}", value)


def _role(key: str, name: str) -> Change:
    return setting(TASK, "ledger-task", key, f"arn:aws:iam::111122223333:role/{name}")


MUTATIONS = [
    *table(
        controls.policies_name_their_actions,
        "ledger-execution-role-policy: allows",
        ("everything", _statement(LOGS, "Action", "*")),
        ("all of a service", _statement(LOGS, "Action", ["logs:PutLogEvents", "logs:*"])),
        ("all but something", _statement(LOGS, "NotAction", "iam:*")),
        ("elsewhere", _statement(LOGS, "NotResource", "arn:aws:s3:::x")),
    ),
    *table(
        controls.policies_name_their_resources,
        "on everything",
        ("any log", _statement(LOGS, "Resource", "*")),
        ("any image", _statement(LAYERS, "Resource", ["*"])),
        ("any secret", _statement(SECRETS, "Resource", "*")),
        ("no resource named", _statement(SECRETS, "Resource")),
    ),
    *table(
        controls.nobody_decrypts_with_every_key,
        "ledger-execution-role-policy: decrypts with",
        ("any key", _statement(KEYS, "Resource", "*")),
        ("all keys of the account", _statement(KEYS, "Resource", ["arn:aws:kms:x:1:key/*"])),
    ),
    *table(
        controls.no_managed_policy_is_attached,
        "a managed policy",
        ("attached", adding(ATTACHMENT, role="x", policyArn="arn:aws:iam::aws:policy/X")),
        ("by the role", setting(ROLE, "ledger-task-role", "managedPolicyArns", ["arn:x"])),
    ),
    *table(
        controls.task_roles_trust_tasks_of_this_account_alone,
        "taken by tasks of any account",
        ("no condition", _trust("Condition")),
        ("no account", _trust("Condition.StringEquals")),
        ("any source", _trust("Condition.ArnLike.aws:SourceArn", "arn:aws:ecs:*:*:*")),
    ),
    *table(
        controls.each_task_has_two_roles_of_its_own,
        "ledger-task: ",
        ("one role for both", _role("taskRoleArn", "ledger-execution-role")),
        ("no role", setting(TASK, "ledger-task", "taskRoleArn")),
        ("no execution role", setting(TASK, "ledger-task", "executionRoleArn")),
    ),
    *table(
        controls.each_task_has_two_roles_of_its_own,
        "shares a role with",
        ("another's", _role("taskRoleArn", "api-task-role")),
        ("another's execution role", _role("executionRoleArn", "api-execution-role")),
    ),
    *table(
        controls.secrets_are_decrypted_by_the_secrets_manager_alone,
        "uses the key without the Secrets Manager",
        ("no condition", _statement(KEYS, "Condition")),
        ("another way", _statement(KEYS, "Condition.StringEquals.kms:ViaService", "s3.x")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_role_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
