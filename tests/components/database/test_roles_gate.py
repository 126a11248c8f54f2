from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.database.roles_gate import RolesGate
from tests.components.compute.samples import CLUSTER
from tests.components.database.login_samples import (
    CACHE_ARN,
    CACHE_IMAGE,
    HOST,
    KEY,
    MASTER,
    MASTER_KEY,
    login,
    roles_args,
)
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record
from tests.engine.registration import Registration
from tests.engine.values import UNKNOWN

TASK = "aws:ecs/taskDefinition:TaskDefinition"
REVISION = arn("ecs", "task-definition/turnstay-staging-ledger-roles:1")


def recorded(*, preview: bool = False, epoch: int = 0, **changes: Any) -> Recording:
    def program() -> None:
        logins = {
            "LEDGER_APP_A_PASSWORD": login("app_a", password_epoch=epoch),
            "LEDGER_MIGRATOR_PASSWORD": login("migrator"),
        }
        gate = RolesGate("ledger-roles", roles_args(logins=logins, **changes))
        pulumi.export("ready", gate.ready)
        pulumi.export("role", gate.execution_role_arn)
        pulumi.export("group", gate.security_group_id)

    return record(program, preview=preview)


def gate(recording: Recording) -> Registration:
    return recording.one("pulumi:index:Stash", "ledger-roles-done")


def container(recording: Recording) -> dict[str, Any]:
    [found] = recording.one(TASK, "ledger-roles-task").json("containerDefinitions")
    return dict(found)


def test_the_gate_holds_the_task_and_the_server_it_ran_on() -> None:
    assert gate(recorded()).inputs == {
        "input": {
            "server": "db-ABC",
            "task": {
                "cluster": CLUSTER,
                "securityGroup": "ledger-roles-tasks-id",
                "subnets": ["subnet-a", "subnet-b"],
                "taskDefinition": REVISION,
            },
        }
    }


def test_it_acts_before_it_takes_new_inputs_in_and_after_all_that_its_task_needs() -> None:
    recording = recorded()
    stash = gate(recording)
    assert stash.hooks == {"before_create": ("ledger-roles",), "before_update": ("ledger-roles",)}
    waited_for = {urn.rsplit("::", 1)[-1] for urn in stash.dependencies}
    assert {
        "ledger-roles-execution-role-policy",
        "ledger-roles-to-https",
        "ledger-roles-database-egress",
        "ledger-roles-database-ingress",
        "ledger-roles-log",
        "ledger-roles-task",
    } <= waited_for


def test_psql_gets_the_script_and_the_server_by_the_environment() -> None:
    found = container(recorded())
    assert found["name"] == "roles"
    assert found["image"] == CACHE_IMAGE
    assert {each["name"]: each["value"] for each in found["environment"]} == {
        "HOME": "/tmp",  # noqa: S108
        "PGCONNECT_TIMEOUT": "15",
        "PGDATABASE": "postgres",
        "PGHOST": HOST,
        "PGPORT": "5433",
        "PGSSLMODE": "require",
        "PSQL_SCRIPT": "\\set owner :service _owner\nSELECT 'x';",
    }
    assert found["command"][-2:] == ["--set=app_connections=40", "--set=service=ledger"]


def test_passwords_come_by_reference_the_masters_without_a_version_for_it_rotates_by_itself() -> (
    None
):
    recording = recorded()
    secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:turnstay/staging/ledger/database"
    versions = [
        recording.outputs[each.urn]["version_id"]
        for name in ("ledger-app-a", "ledger-migrator")
        for each in [recording.one("turnstay:database:DatabaseLogin", name)]
    ]
    assert container(recording)["secrets"] == [
        {
            "name": "LEDGER_APP_A_PASSWORD",
            "valueFrom": f"{secret}/app_a-AbCdEf:password::{versions[0]}",
        },
        {
            "name": "LEDGER_MIGRATOR_PASSWORD",
            "valueFrom": f"{secret}/migrator-AbCdEf:password::{versions[1]}",
        },
        {"name": "PGPASSWORD", "valueFrom": f"{MASTER}:password::"},
        {"name": "PGUSER", "valueFrom": f"{MASTER}:username::"},
    ]


def test_what_starts_it_reads_these_secrets_and_pulls_by_the_cache() -> None:
    policy = recorded().one("aws:iam/rolePolicy:RolePolicy", "ledger-roles-execution-role-policy")
    allowed = {each["Sid"]: each["Resource"] for each in policy.json("policy")["Statement"]}
    secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:turnstay/staging/ledger/database"
    assert allowed["Secrets"] == [MASTER, f"{secret}/app_a-AbCdEf", f"{secret}/migrator-AbCdEf"]
    assert allowed["SecretKeys"] == [MASTER_KEY, KEY]
    assert allowed["ImageLayers"] == allowed["PullThrough"] == [CACHE_ARN]


@pytest.mark.parametrize(
    "changes",
    [
        {"sql": "SELECT 'y';"},
        {"variables": {"service": "ledger", "app_connections": "50"}},
        {"epoch": 2},
        {"host": "other.abc.eu-west-1.rds.amazonaws.com"},
        {"image": CACHE_IMAGE.replace(":17", ":18")},
        {"server_id": "db-DEF"},
    ],
    ids=["text", "variable", "password", "database", "client", "restored server"],
)
def test_it_runs_again_for_what_it_is_about(changes: dict[str, Any]) -> None:
    # The engine gives a task definition with other containers another ARN, and so the gate another input.
    before, after = recorded(), recorded(**changes)
    assert (container(before), gate(before).inputs) != (container(after), gate(after).inputs)
    assert TASK in str(gate(after).property_dependencies["input"])


def test_a_longer_patience_does_not_run_it() -> None:
    before, after = recorded(), recorded(timeout_seconds=900)
    assert {urn: each.inputs for urn, each in before.registrations.items()} == {
        urn: each.inputs for urn, each in after.registrations.items()
    }


def test_what_comes_after_it_takes_the_revision_out_of_the_gates_input() -> None:
    exports = recorded().exports
    assert exports == {
        "ready": REVISION,
        "role": "arn:aws:iam::111122223333:role/ledger-roles-execution-role",
        "group": "ledger-roles-tasks-id",
    }


def test_a_first_preview_knows_the_gate_but_no_revision() -> None:
    recording = recorded(preview=True)
    assert gate(recording).inputs["input"]["task"]["taskDefinition"] is UNKNOWN


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sql": " \n"}, "sql is empty"),
        ({"timeout_seconds": 0}, "timeout_seconds is above 0, got 0"),
    ],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=rf"^roles gate turnstay-staging-ledger-roles: {message}"):
        roles_args(**changes)


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
