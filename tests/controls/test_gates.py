"""Controls on gates hold, and each is seen to fail on a program that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import gates as controls
from tests.controls import roles, tasks
from tests.controls.gates import EGRESS, INGRESS, ROLE, ROLE_POLICY, SERVICE, STASH
from tests.controls.gates_sample import gates
from tests.controls.mutation import (
    Change,
    Mutation,
    controls_of,
    each_of,
    setting,
)
from tests.controls.tables import table
from tests.controls.tasks import TASK
from tests.engine.mutate import DELETE, mutated, with_options
from tests.engine.outputs import arn
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

MIGRATIONS = "ledger-migrations-done"
ROLES = "ledger-roles-done"


def _held(gate: str, path: str, value: Any = DELETE) -> Change:
    return setting(STASH, gate, f"input.{path}", value)


def _hooks(gate: str, **hooks: tuple[str, ...]) -> Change:
    return lambda recording: with_options(recording, STASH, gate, hooks=hooks)


def _sources(kind: str, name: str, key: str, *sources: tuple[str, str]) -> Change:
    """Let an input come from these resources."""

    def change(recording: Recording) -> Recording:
        urns = tuple(recording.one(*each).urn for each in sources)
        found = recording.one(kind, name).property_dependencies
        return with_options(recording, kind, name, property_dependencies={**found, key: urns})

    return change


def _forgetting(gate: str, *names: str) -> Change:
    """Let a gate wait for all but these."""

    def change(recording: Recording) -> Recording:
        waited = recording.one(STASH, gate).dependencies
        kept = tuple(urn for urn in waited if urn.rsplit("::", 1)[-1] not in names)
        assert kept != waited
        return with_options(recording, STASH, gate, dependencies=kept)

    return change


def _moved(kind: str, name: str, onto: str, **inputs: Any) -> Change:
    """Put a rule on the security group of another one, with other inputs."""

    def change(recording: Recording) -> Recording:
        group = recording.one("aws:ec2/securityGroup:SecurityGroup", onto).urn
        found = recording.one(kind, name).property_dependencies
        worse = with_options(
            recording, kind, name, property_dependencies={**found, "securityGroupId": (group,)}
        )
        for key, value in inputs.items():
            worse = mutated(worse, kind, name, key, value)
        return worse

    return change


MUTATIONS = [
    *table(
        controls.gates_act_before_they_take_anything_in,
        "-done: ",
        ("no hook", _hooks(MIGRATIONS)),
        ("not for a new service", _hooks(MIGRATIONS, before_update=("x",))),
        ("only once", _hooks(ROLES, before_create=("x",))),
        ("afterwards", _hooks(ROLES, after_create=("x",), after_update=("x",))),
        ("empty", _hooks(ROLES, before_create=(), before_update=("x",))),
    ),
    *table(
        controls.gates_wait_for_what_their_task_needs,
        "-done: does not wait for ledger-",
        ("the secrets' policy", _forgetting(ROLES, "ledger-roles-execution-role-policy")),
        ("the way in", _forgetting(MIGRATIONS, "ledger-migrations-database-ingress")),
        ("the log", _forgetting(MIGRATIONS, "ledger-migrations-log")),
    ),
    *table(
        controls.services_take_their_revision_from_a_gate,
        "ledger-service: its revision comes past the gate",
        (
            "by the task",
            _sources(SERVICE, "ledger-service", "taskDefinition", (TASK, "ledger-task")),
        ),
        (
            "by both",
            _sources(
                *(SERVICE, "ledger-service", "taskDefinition"),
                *((STASH, MIGRATIONS), (TASK, "ledger-task")),
            ),
        ),
        (
            "by the roles' gate",
            _sources(SERVICE, "ledger-service", "taskDefinition", (STASH, ROLES)),
        ),
        ("by a name", _sources(SERVICE, "ledger-service", "taskDefinition")),
    ),
    *table(
        controls.services_take_their_revision_from_a_gate,
        "ledger-service: its revision is another than the gate lets through",
        ("another one", _held(MIGRATIONS, "release", arn("ecs", "task-definition/x:1"))),
        ("none", _held(MIGRATIONS, "release")),
    ),
    *table(
        controls.services_take_their_revision_from_a_gate,
        "ledger-migrations-done: does not know the revision of ledger-service",
        ("by a name", _sources(STASH, MIGRATIONS, "input", (STASH, ROLES))),
    ),
    *table(
        controls.migrations_come_after_roles,
        "ledger-migrations-done: does not wait for the roles",
        ("of another one", _held(MIGRATIONS, "after", "arn:x")),
        ("not at all", _held(MIGRATIONS, "after")),
        ("by a name", _sources(STASH, MIGRATIONS, "input", (TASK, "ledger-task"))),
    ),
    *table(
        controls.gates_notice_what_they_are_about,
        "-done: does not notice another",
        ("a server", _held(ROLES, "server")),
        ("a server's migrations", _held(MIGRATIONS, "migrates.server")),
        ("an image", _held(MIGRATIONS, "migrates.image")),
        ("a task", _held(ROLES, "task.taskDefinition")),
        ("a task by a name", _sources(STASH, ROLES, "input")),
    ),
    *table(
        controls.code_of_gates_may_do_nothing_in_aws,
        "rights for the code of a gate",
        (
            "a policy",
            _sources(
                *(ROLE_POLICY, "ledger-migrations-execution-role-policy", "role"),
                (ROLE, "ledger-migrations-task-role"),
            ),
        ),
    ),
    *table(
        controls.nothing_calls_a_gate,
        "ledger-migrations-tasks: ledger-migrations-database-ingress lets somebody in",
        (
            "a way in",
            _moved(INGRESS, "ledger-migrations-database-ingress", "ledger-migrations-tasks"),
        ),
    ),
    *table(
        controls.nothing_calls_a_gate,
        "leads anywhere",
        ("any port", setting(EGRESS, "ledger-roles-to-https", "toPort", 65535)),
        ("SSH", _moved(EGRESS, "ledger-to-https", "ledger-roles-tasks", fromPort=22, toPort=22)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_gate_is_found(mutation: Mutation) -> None:
    assert mutation.missed(gates()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []


@pytest.mark.parametrize("module", [roles, tasks], ids=["roles", "tasks"])
def test_the_tasks_of_gates_hold_what_every_task_holds(module: Any) -> None:
    # The client of the roles gate is a public image, named by the major version of the server.
    for control in controls_of(module) - {tasks.images_are_named_by_digest.__name__}:
        assert getattr(module, control)(gates()) == []
