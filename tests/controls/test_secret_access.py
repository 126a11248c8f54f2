"""Controls on who may read secrets hold, and each is seen to fail on a program that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import secret_access as controls
from tests.controls.gates_sample import DEPLOYER, gates
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.secret_access import POLICY
from tests.controls.secrets import SECRET
from tests.controls.tables import table
from tests.controls.tasks import TASK
from tests.engine.mutate import DELETE
from tests.engine.outputs import arn
from tests.engine.platform import STACKS, platform

ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"
PRINCIPALS = "Condition.ArnNotLike.aws:PrincipalArn"
APP_A = arn("secretsmanager", "secret:turnstay/staging/ledger/database/app_a-AbCdEf")
APP_B = arn("secretsmanager", "secret:turnstay/staging/ledger/database/app_b-AbCdEf")


def _policy(path: str, value: Any = DELETE) -> Change:
    return setting(POLICY, "ledger-app-a-policy", f"policy!.Statement.0.{path}", value)


def _statements(*statements: dict[str, Any]) -> Change:
    return setting(POLICY, "ledger-app-a-policy", "policy!.Statement", list(statements))


def _reads(value: Any) -> Change:
    """What the service's execution role may read."""
    return setting(
        ROLE_POLICY, "ledger-execution-role-policy", "policy!.Statement.3.Resource", value
    )


def _url(value: str) -> Change:
    path = "containerDefinitions!.0.secrets.0.valueFrom"
    return setting(TASK, "ledger-task", path, value)


PUBLIC = {"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue"}
DENIED = {**PUBLIC, "Effect": "Deny", "Condition": {"ArnNotLike": {"aws:PrincipalArn": DEPLOYER}}}

MUTATIONS = [
    *table(
        controls.secrets_are_read_by_named_roles_alone,
        "ledger-app-a-secret: read by everybody whom IAM allows everything",
        ("no policy", removing(POLICY, "ledger-app-a-policy")),
    ),
    *table(
        controls.secrets_are_read_by_named_roles_alone,
        "ledger-app-a-secret: its policy",
        ("may be public", setting(POLICY, "ledger-app-a-policy", "blockPublicPolicy", value=False)),
        ("by default", setting(POLICY, "ledger-app-a-policy", "blockPublicPolicy")),
        ("allows", _policy("Effect", "Allow")),
        ("allows besides", _statements(DENIED, PUBLIC)),
        ("denies to one", _policy("Principal", {"AWS": DEPLOYER})),
        ("denies something else", _policy("Action", "secretsmanager:PutSecretValue")),
        ("without readers", _policy(PRINCIPALS, [])),
        ("only some", _policy("Condition", {"StringEquals": {"aws:PrincipalTag/a": "b"}})),
    ),
    *table(
        controls.secrets_are_read_by_named_roles_alone,
        "ledger-app-a-secret: read by ",
        *(
            (reader, _policy(f"{PRINCIPALS}.2", reader))
            for reader in (
                "*",
                "arn:aws:iam::111122223333:role/*",
                "arn:aws:iam::111122223333:role/deploy-*",
                "arn:aws:iam::111122223333:root",
                "arn:aws:iam::111122223333:user/maria",
                "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*",
            )
        ),
    ),
    *table(
        controls.policies_of_secrets_lock_nobody_out,
        "ledger-app-a-policy: denies ",
        ("everything", _policy("Action", "secretsmanager:*")),
        ("its own change", _policy("Action", ["secretsmanager:PutResourcePolicy"])),
    ),
    *table(
        controls.who_starts_a_task_may_read_its_secrets,
        "ledger-task: may read",
        ("one more", _reads([APP_A, APP_B])),
        ("another one", _reads([APP_B])),
        ("all", _reads(["*"])),
    ),
    *table(
        controls.who_starts_a_task_may_read_its_secrets,
        "denies itself to arn:aws:iam::111122223333:role/ledger-execution-role",
        ("forgotten", _policy(PRINCIPALS, [DEPLOYER])),
    ),
    *table(
        controls.secrets_are_used,
        "extra: used by no task",
        ("one that nobody reads", adding(SECRET, name="x")),
    ),
    *table(
        controls.tasks_name_one_version_of_a_value_that_is_ours,
        "ledger-task: app: DATABASE_URL follows the newest version",
        ("no version", _url(f"{APP_A}:url::")),
        ("a stage", _url(f"{APP_A}:url:AWSCURRENT:")),
        ("the whole secret", _url(APP_A)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_secret_that_more_may_read_is_found(mutation: Mutation) -> None:
    assert mutation.missed(gates()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
