"""A service with a database: the gates before it, and what a migration that fails leaves behind."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.scenarios.runs import text_of, until
from tests.scenarios.small_stack import SAMPLE, SmallStack

pytestmark = pytest.mark.engine

RELEASE = [
    "replace TaskDefinition ledger-migrations-task",
    "replace TaskDefinition ledger-task",
    "update Service ledger-service",
    "update Stash ledger-migrations-done",
    "update Stash ledger-rollout-revision",
]
HEAD = len(
    list((SAMPLE / "migrations" / "versions").glob("r*.py"))
)  # the sample's own: 0001, 0002, ...
NEW = f"{HEAD + 1:04}"
NOTE = 'op.execute("ALTER TABLE payments ADD note text")'
NEXT = '''"""{name}."""

from alembic import op

revision = "{name}"
down_revision = "{before}"


def upgrade() -> None:
    """Change the schema."""
    {body}
'''


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallStack]:
    """A stack that is not up yet. The tests of this file follow one another."""
    with SmallStack(tmp_path_factory.mktemp("migrations") / "store", "store") as stack:
        stack.deploy(ledger="1")
        yield stack


def with_migrations(store: SmallStack, tag: str, *bodies: str) -> None:
    """Build and name an image that has these migrations more than the sample."""
    store.build(f"ledger:{tag}", SAMPLE)
    versions = store.folder(f"ledger:{tag}") / "migrations" / "versions"
    for number, body in enumerate(bodies, HEAD + 1):
        text = NEXT.format(name=f"{number:04}", before=f"{number - 1:04}", body=body)
        (versions / f"r{number:04}.py").write_text(text)
    store.deploy(ledger=tag)


def logged(store: SmallStack, group: str) -> list[str]:
    """All lines of a log group."""
    logs = store.view.client("logs")
    streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
    return [
        event["message"]
        for each in streams
        for event in logs.get_log_events(logGroupName=group, logStreamName=each["logStreamName"])[
            "events"
        ]
    ]


def running(store: SmallStack) -> list[str]:
    """Families of all tasks that are not those of the service."""
    ecs = store.view.ecs
    arns = [
        arn
        for status in ("RUNNING", "PENDING")
        for arn in ecs.list_tasks(cluster="small", desiredStatus=status)["taskArns"]
    ]
    tasks = ecs.describe_tasks(cluster="small", tasks=arns)["tasks"] if arns else []
    return sorted(each["group"] for each in tasks if not each["group"].startswith("service:"))


def passwords(store: SmallStack) -> dict[str, str]:
    """The value of every password in the account, by its secret."""
    secrets = store.view.client("secretsmanager")
    return {
        each["Name"]: json.loads(secrets.get_secret_value(SecretId=each["Name"])["SecretString"])[
            "password"
        ]
        for each in secrets.list_secrets()["SecretList"]
    }


def test_a_first_up_of_an_empty_account_passes_both_gates_in_one_go(store: SmallStack) -> None:
    store.up()

    assert store.view.newest("ledger")["rolloutState"] == "COMPLETED"
    assert store.view.revisions("ledger") == ["1"]
    assert any(f"{HEAD:04}" in line for line in logged(store, "/small/migrations"))
    assert running(store) == []


def test_no_password_is_in_state_plan_log_or_definition(store: SmallStack) -> None:
    before = logged(store, "/small/roles"), logged(store, "/small/migrations")
    plan, values = store.run("preview"), passwords(store)
    assert plan.changes == []
    assert (logged(store, "/small/roles"), logged(store, "/small/migrations")) == before
    assert sorted(name for name in values if name.startswith("small/")) == [
        "small/ledger/app-a",
        "small/ledger/app-b",
        "small/ledger/migrator",
    ]
    assert len(values) == 4  # and the master's
    definitions = store.view.ecs.list_task_definitions()["taskDefinitionArns"]
    described = [
        store.view.ecs.describe_task_definition(taskDefinition=each)["taskDefinition"]
        for each in definitions
    ]
    groups = store.view.client("logs").describe_log_groups()["logGroups"]
    places = {
        "definitions": json.dumps(described, default=str),
        "logs": "\n".join(line for each in groups for line in logged(store, each["logGroupName"])),
        "commands": "\n".join(
            each.read_bytes().decode(errors="replace")
            for each in Path("/proc").glob("[0-9]*/cmdline")
        ),
        "preview": plan.output,
    } | {
        str(each): each.read_bytes().decode(errors="replace")
        for each in store.state.folder.rglob("*")
        # What the server itself keeps is hashed; its own files are those of PostgreSQL.
        if each.is_file()
    }
    for name, value in values.items():
        assert len(value) >= 30
        assert [place for place, text in places.items() if value in text] == [], name


def test_a_migration_that_fails_leaves_the_service_as_it_was_and_tells_its_own_error(
    store: SmallStack,
) -> None:
    with_migrations(store, "2", 'op.execute("ALTER TABLE nowhere ADD x int")')
    before = store.view.task_arns("ledger")

    result = store.run("up")

    assert result.code == 1
    assert result.failed == ["ledger-migrations-done (Stash)"]
    assert 'relation "nowhere" does not exist' in result.output
    assert "exit code 1" in result.output
    assert store.view.task_arns("ledger") == before
    assert store.view.revisions("ledger") == ["1"]


def test_the_next_up_runs_the_gate_again_and_passes_once_the_image_is_mended(
    store: SmallStack,
) -> None:
    with_migrations(store, "2", NOTE)
    store.up()

    assert any(NEW in line for line in logged(store, "/small/migrations"))
    assert store.view.newest("ledger")["rolloutState"] == "COMPLETED"


def test_an_older_image_is_stopped_by_the_gate_and_passes_when_told_not_to_migrate(
    store: SmallStack,
) -> None:
    store.deploy(ledger="1")
    refused = store.run("up")
    assert refused.code == 1
    assert f"Can't locate revision identified by '{NEW}'" in refused.output

    store.values["migrate"] = False
    result = store.up()

    assert "the settings say not to migrate" in result.output
    assert store.view.newest("ledger")["rolloutState"] == "COMPLETED"
    store.values["migrate"] = True


def test_a_new_password_is_the_idle_logins_and_moves_the_service_to_it(store: SmallStack) -> None:
    with_migrations(store, "2", NOTE)
    before = passwords(store)
    store.values["rotation"] = 1

    result = store.up()

    after = passwords(store)
    assert {each for each in after if after[each] != before[each]} == {
        "small/ledger/app-b",
        "small/ledger/migrator",
    }
    assert "update Service ledger-service" in result.changes
    assert store.view.newest("ledger")["rolloutState"] == "COMPLETED"


def test_an_interrupt_during_a_migration_leaves_no_task_and_the_next_up_completes(
    store: SmallStack,
) -> None:
    with_migrations(store, "1", NOTE, 'op.execute("SELECT pg_sleep(3600)")')
    run = store.start("up")
    until(lambda: running(store) or None, "the migration to run")
    run.send_signal(signal.SIGINT)

    code, output = text_of(run)

    assert code == 130
    assert not re.search("Traceback", output)
    until(lambda: not running(store), "the task to stop")
    with_migrations(store, "2", NOTE)
    store.up()
