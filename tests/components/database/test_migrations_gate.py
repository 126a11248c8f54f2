from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.compute.fargate_service import FargateService
from components.database.migrations_gate import MigrationsGate
from tests.components.compute.samples import CLUSTER, IMAGE, service_args
from tests.components.database.login_samples import RELEASE, login, migrations_args
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record
from tests.engine.registration import Registration

TASK = "aws:ecs/taskDefinition:TaskDefinition"
ROLES = arn("ecs", "task-definition/turnstay-staging-ledger-roles:1")


def recorded(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        gate = MigrationsGate(
            "ledger-migrations", migrations_args(login=login("migrator"), **changes)
        )
        pulumi.export("release", gate.release)
        pulumi.export("role", gate.execution_role_arn)
        pulumi.export("group", gate.security_group_id)

    return record(program, preview=preview)


def wired(**service: Any) -> Recording:
    """A service whose revisions pass through the gate, as infra has it."""

    def program() -> None:
        migrator = login("migrator")

        def release(revision: pulumi.Output[str]) -> pulumi.Output[str]:
            args = migrations_args(login=migrator, release=revision)
            return MigrationsGate("ledger-migrations", args).release

        FargateService("ledger", service_args(release=release, **service))

    return record(program)


def gate(recording: Recording) -> Registration:
    return recording.one("pulumi:index:Stash", "ledger-migrations-done")


def container(recording: Recording) -> dict[str, Any]:
    [found] = recording.one(TASK, "ledger-migrations-task").json("containerDefinitions")
    return dict(found)


def test_the_gate_holds_what_it_migrates_where_and_what_it_lets_through() -> None:
    assert gate(recorded()).inputs == {
        "input": {
            "after": ROLES,
            "release": RELEASE,
            "migrates": {
                "command": ["alembic", "upgrade", "head"],
                "database": "ledger",
                "image": f"sha256:{'a' * 64}",
                "server": "db-ABC",
            },
            "task": {
                "cluster": CLUSTER,
                "securityGroup": "ledger-migrations-tasks-id",
                "subnets": ["subnet-a", "subnet-b"],
                "taskDefinition": arn(
                    "ecs", "task-definition/turnstay-staging-ledger-migrations:1"
                ),
            },
        }
    }


def test_it_acts_before_it_takes_new_inputs_in_and_after_all_that_its_task_needs() -> None:
    stash = gate(recorded())
    assert stash.hooks == {
        "before_create": ("ledger-migrations",),
        "before_update": ("ledger-migrations",),
    }
    waited_for = {urn.rsplit("::", 1)[-1] for urn in stash.dependencies}
    assert {
        "ledger-migrations-execution-role-policy",
        "ledger-migrations-database-egress",
        "ledger-migrations-database-ingress",
        "ledger-migrations-log",
    } <= waited_for


def test_its_task_is_the_services_image_with_the_migrators_url() -> None:
    recording = recorded(environment={"ENVIRONMENT": "staging"}, memory_mib=1024)
    found = container(recording)
    assert (found["name"], found["image"], found["memory"]) == ("migrations", IMAGE, 1024)
    assert found["command"] == ["alembic", "upgrade", "head"]
    assert {each["name"]: each["value"] for each in found["environment"]} == {
        "ENVIRONMENT": "staging",
        "HOME": "/tmp",  # noqa: S108
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUNBUFFERED": "1",
    }
    made = recording.one("turnstay:database:DatabaseLogin", "ledger-migrator")
    reference = recording.outputs[made.urn]["url_reference"]
    assert found["secrets"] == [{"name": "DATABASE_URL", "valueFrom": reference}]


def test_secrets_that_the_code_wants_besides_are_read_too() -> None:
    other = arn("secretsmanager", "secret:other-AbCdEf")
    recording = recorded(secrets={"SECRET_KEY": f"{other}:key::"}, secret_arns=[other])
    assert [each["name"] for each in container(recording)["secrets"]] == [
        "DATABASE_URL",
        "SECRET_KEY",
    ]
    policy = recording.one(
        "aws:iam/rolePolicy:RolePolicy", "ledger-migrations-execution-role-policy"
    )
    [secrets] = [each for each in policy.json("policy")["Statement"] if each["Sid"] == "Secrets"]
    assert other in secrets["Resource"]


@pytest.mark.parametrize(
    "changes",
    [
        {"image": IMAGE.replace("aaaa", "bbbb")},
        {"command": ("alembic", "upgrade", "abc")},
        {"server_id": "db-DEF"},
        {"database": "ledger2"},
    ],
    ids=["digest", "command", "restored server", "database"],
)
def test_it_migrates_again_for_what_it_is_about(changes: dict[str, Any]) -> None:
    before, after = gate(recorded()).inputs["input"], gate(recorded(**changes)).inputs["input"]
    assert before["migrates"] != after["migrates"]


@pytest.mark.parametrize(
    "changes",
    [
        {"release": f"{RELEASE}0"},
        {"after": f"{ROLES}0"},
        {"image": IMAGE.replace("/ledger@", "/ledger:1.2@")},
        {"environment": {"ENVIRONMENT": "production"}},
        {"memory_mib": 1024},
        {"subnet_ids": ["subnet-c"]},
    ],
    ids=["release", "roles", "tag of the same image", "variable", "size", "subnet"],
)
def test_anything_else_passes_through(changes: dict[str, Any]) -> None:
    before, after = gate(recorded()).inputs["input"], gate(recorded(**changes)).inputs["input"]
    assert before["migrates"] == after["migrates"]


def test_the_service_takes_its_revision_from_the_gate_and_from_nowhere_else() -> None:
    recording = wired()
    service = recording.one("aws:ecs/service:Service", "ledger-service")
    assert service.property_dependencies["taskDefinition"] == (gate(recording).urn,)
    assert service.inputs["taskDefinition"] == gate(recording).inputs["input"]["release"]
    assert service.inputs["taskDefinition"].endswith("/turnstay-staging-ledger:1")


def test_a_new_variable_of_the_service_reaches_the_gate_as_another_release_and_no_migration() -> (
    None
):
    before, after = wired(), wired(environment={"ENVIRONMENT": "staging", "X": "1"})
    changed = {
        each.name
        for urn, each in after.registrations.items()
        if each.inputs != before.registrations[urn].inputs
    }
    assert changed == {"ledger-task"}
    assert after.one(TASK, "ledger-task").urn in str(gate(after).property_dependencies["input"])


def test_what_it_gives_out_is_out_of_its_own_input() -> None:
    assert recorded().exports == {
        "release": RELEASE,
        "role": "arn:aws:iam::111122223333:role/ledger-migrations-execution-role",
        "group": "ledger-migrations-tasks-id",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"timeout_seconds": 0}, "timeout_seconds is above 0, got 0"),
        ({"secrets": {"DATABASE_URL": "arn"}}, "secrets has no DATABASE_URL: it is the login's"),
    ],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"^migrations gate turnstay-staging-") as refused:
        migrations_args(login=None, **changes)
    assert message in str(refused.value)


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
