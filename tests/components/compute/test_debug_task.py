from __future__ import annotations

from typing import Any

import pytest

from components.compute.debug_task import DebugTask
from tests.components.compute.samples import IMAGE, KEY, SECRET, debug_args
from tests.engine.lint import unknown_properties
from tests.engine.recording import Recording, record


def recorded() -> Recording:
    def program() -> None:
        DebugTask("ledger-debug", debug_args())

    return record(program)


def test_it_is_a_task_definition_with_two_roles_and_runs_nothing_by_itself() -> None:
    kinds = sorted(each.type for each in recorded().registrations.values() if each.custom)
    assert kinds == [
        "aws:ecs/taskDefinition:TaskDefinition",
        "aws:iam/role:Role",
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:iam/rolePolicy:RolePolicy",
    ]


def test_it_holds_the_services_image_open_for_some_hours() -> None:
    task = recorded().one("aws:ecs/taskDefinition:TaskDefinition", "ledger-debug-task")
    [container] = task.json("containerDefinitions")
    assert container["image"] == IMAGE
    assert container["command"] == ["sleep", "14400"]
    assert container["secrets"] == [{"name": "SECRET_KEY", "valueFrom": f"{SECRET}:secret_key::"}]
    assert container["logConfiguration"]["options"]["awslogs-group"] == "/turnstay/staging/ledger"


def test_its_role_may_hold_a_logged_session_and_no_more() -> None:
    policy = recorded().one("aws:iam/rolePolicy:RolePolicy", "ledger-debug-task-role-policy")
    allowed = {each["Sid"]: each["Resource"] for each in policy.json("policy")["Statement"]}
    group = "arn:aws:logs:eu-west-1:111122223333:log-group:/turnstay/staging/exec:*"
    assert allowed == {
        "ExecChannels": ["*"],
        "ExecKey": [KEY],
        "ExecLogGroups": ["*"],
        "ExecLog": [group],
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"zone": "card"}, "zone is general, got card: a shell beside card data is never offered"),
        ({"hours": 0}, "hours is 1 to 12, got 0"),
        ({"hours": 13}, "hours is 1 to 12, got 13"),
        ({"cpu": 300}, "cpu is one of 256"),
    ],
)
def test_what_must_not_be_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"^debug task ") as refused:
        debug_args(**changes)
    assert message in str(refused.value)


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
