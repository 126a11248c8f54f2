"""What the gates do when the engine calls them: on the account of this machine, with tasks that are real processes."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import resource_pb2

from components.database.migrations_gate import MigrationsGate
from components.database.roles_gate import RolesGate
from local.account.server import Account
from tests.components.database.login_samples import login, migrations_args, roles_args
from tests.engine.recording import Recording, record
from tests.engine.values import encode
from tests.local.account.workbench import LOGS, TINY, Workbench, account_id

Json = dict[str, Any]
MIGRATES: Json = {"image": "sha256:a", "command": ["x"], "database": "ledger", "server": "db-1"}


@pytest.fixture(name="shared", scope="module")
def _shared() -> Iterator[Workbench]:
    with Account(account_id(), {"^tiny[:@]": TINY}) as account:
        yield Workbench(account)


@pytest.fixture(name="bench")
def _bench(shared: Workbench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("AWS_ENDPOINT_URL", shared.account.endpoint)
    with shared as ready:
        yield ready


def gates(bench: Workbench, timeout_seconds: int = 60) -> Recording:
    def program() -> None:
        here: Json = {"account_id": bench.account.account_id, "timeout_seconds": timeout_seconds}
        RolesGate("ledger-roles", roles_args(log_group_name="/t", **here))
        login_of_migrator = login("migrator")
        MigrationsGate(
            "ledger-migrations",
            migrations_args(login=login_of_migrator, log_group_name="/t", **here),
        )

    return record(program)


def held(bench: Workbench, container: str, *command: str, **more: Any) -> Json:
    """What a gate would hold of a task with this command."""
    options = {**LOGS["options"], "awslogs-stream-prefix": "ecs"}  # type: ignore[dict-item]
    logs = {"logDriver": "awslogs", "options": options}
    group = bench.client("ec2").create_security_group(
        GroupName=uuid.uuid4().hex, Description="gate", VpcId=bench.vpc
    )
    definition = bench.define(
        {"name": container, "command": list(command), "logConfiguration": logs},
        family=f"ledger-{container}",
    )
    cluster = bench.ecs.describe_clusters(clusters=[bench.cluster])["clusters"][0]["clusterArn"]
    task = {
        "cluster": cluster,
        "securityGroup": group["GroupId"],
        "subnets": bench.subnets,
        "taskDefinition": definition,
    }
    return {"task": task, **more}


def ran(bench: Workbench, family: str) -> int:
    listed = bench.ecs.list_tasks(cluster=bench.cluster, family=family, desiredStatus="STOPPED")
    return len(listed["taskArns"])


def call(recording: Recording, name: str, new: Json, old: Json | None = None) -> str:
    before = {"input": old} if old else None
    return recording.run_hook(name, new_inputs={"input": new}, old_inputs=before)


def test_the_roles_gate_runs_whenever_the_engine_calls_it(bench: Workbench) -> None:
    recording, new = gates(bench), held(bench, "roles", "true", server="db-1")
    assert call(recording, "ledger-roles", new) == ""
    assert call(recording, "ledger-roles", new, {**new, "server": "db-0"}) == ""
    assert ran(bench, "ledger-roles") == 2


def test_a_script_that_fails_fails_the_update_with_its_own_words(bench: Workbench) -> None:
    new = held(bench, "roles", "sh", "-c", "echo 'ERROR: no such role' >&2; exit 3")
    first, second, third = call(gates(bench), "ledger-roles", new).splitlines()
    assert first.startswith("ledger-roles: task ledger-roles:")
    assert first.endswith(" ended with exit code 3: Essential container in task exited")
    assert second.startswith("  last lines of roles in task ")
    assert third == "    ERROR: no such role"


def migrations(bench: Workbench, *command: str, **changes: Any) -> Json:
    new = held(bench, "migrations", *command, after="arn:1", release="arn:2")
    return {**new, "migrates": {**MIGRATES, **changes}}


def test_a_new_service_is_migrated(bench: Workbench) -> None:
    assert call(gates(bench), "ledger-migrations", migrations(bench, "true")) == ""
    assert ran(bench, "ledger-migrations") == 1


@pytest.mark.parametrize("what", sorted(MIGRATES))
def test_it_is_migrated_again_when_what_it_is_about_has_changed(
    bench: Workbench, what: str
) -> None:
    new = migrations(bench, "true", **{what: "another"})
    assert call(gates(bench), "ledger-migrations", new, {**new, "migrates": MIGRATES}) == ""
    assert ran(bench, "ledger-migrations") == 1


def test_when_only_the_release_the_roles_or_the_task_are_others_nothing_runs(
    bench: Workbench,
) -> None:
    recording = gates(bench)
    old = migrations(bench, "true")
    new = {**migrations(bench, "false"), "after": "arn:3", "release": "arn:4"}
    assert call(recording, "ledger-migrations", new, old) == ""
    assert ran(bench, "ledger-migrations") == 0
    assert recording.log[-1].endswith("are as before, nothing to migrate")


def test_a_migration_that_failed_is_tried_again_for_the_gate_still_holds_the_one_before(
    bench: Workbench,
) -> None:
    recording, old = gates(bench), migrations(bench, "true")
    new = migrations(bench, "sh", "-c", "echo broken; exit 1", image="sha256:b")
    for attempt in (1, 2):
        assert "    broken" in call(recording, "ledger-migrations", new, old)
        assert ran(bench, "ledger-migrations") == attempt


def test_one_that_does_not_end_is_stopped_at_its_time_out(bench: Workbench) -> None:
    new = migrations(bench, "sleep", "600")
    said = call(gates(bench, timeout_seconds=1), "ledger-migrations", new)
    assert " is not done after 1 s: " in said
    assert " was told to stop" in said
    assert bench.ecs.list_tasks(cluster=bench.cluster, family="ledger-migrations")["taskArns"] == []


def test_gates_of_different_services_run_at_the_same_time(bench: Workbench, tmp_path: Path) -> None:
    recording = gates(bench)

    def until_the_other_runs(own: str, other: str) -> tuple[str, ...]:
        wait = f"touch {tmp_path}/{own}; until [ -e {tmp_path}/{other} ]; do sleep 0.02; done"
        return ("sh", "-c", wait)

    async def both() -> list[str]:
        calls = {
            "ledger-roles": held(bench, "roles", *until_the_other_runs("a", "b")),
            "ledger-migrations": migrations(bench, *until_the_other_runs("b", "a")),
        }
        requests = {
            name: resource_pb2.ResourceHookRequest(new_inputs=encode({"input": new}))
            for name, new in calls.items()
        }
        answers = await asyncio.gather(
            *(recording._call(name, each.SerializeToString()) for name, each in requests.items())
        )
        parse = resource_pb2.ResourceHookResponse.FromString
        return [parse(each.SerializeToString()).error for each in answers]

    assert recording.context.run(asyncio.run, both()) == ["", ""]


def test_nothing_runs_with_the_credentials_of_another_account(bench: Workbench) -> None:
    def program() -> None:
        RolesGate("ledger-roles", roles_args())

    said = call(record(program), "ledger-roles", held(bench, "roles", "true"))
    assert said.startswith(f"the credentials are of account {bench.account.account_id}")
    assert ran(bench, "ledger-roles") == 0
