"""What an edit of the settings of databases, and of who reads their secrets, reaches, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from stacks.catalogue import CATALOGUE, REQUIRED_SECRETS
from tests.engine.platform import run_program, stack_values
from tests.infra.changes import changes
from tests.infra.edits import APP, after_edit, after_setting, before, rolled
from tests.infra.owners import LOGINS

pytestmark = pytest.mark.usefixtures("_successors_have_arns_of_their_own")


def test_a_new_password_is_the_idle_logins_and_migrates_nothing() -> None:
    release = after_setting("staging", "ledger", database={"rotation": 1})
    reference, value = f"{APP}.secrets.0.valueFrom", {"secretString.password", "secretString.url"}
    # The login in use stays as it is; the migrator has no other to take turns with, for nothing runs while it changes.
    passwords = {
        f"{kind} ledger-{login}-{name}": paths
        for login in ("app-b", "migrator")
        for kind, name, paths in (
            ("RandomPassword", "password", {"keepers.epoch"}),
            ("SecretVersion", "version", value),
        )
    }
    # PostgreSQL learns of both before the revision that logs in with the new one.
    roles = {
        "TaskDefinition ledger-roles-task": {f"{APP}.secrets.{each}.valueFrom" for each in (1, 2)},
        "Stash ledger-roles-done": {"input.task.taskDefinition"},
    }
    expected = passwords | roles | rolled("ledger", reference, debug={reference})
    # What `migrates` holds is the same, so this gate lets the revision pass and runs nothing.
    expected["Stash ledger-migrations-done"] |= {"input.after", "input.task.taskDefinition"}
    expected["TaskDefinition ledger-migrations-task"] = {reference}
    # The service's role reads both logins; the debug task's only the one in use.
    expected["RolePolicy ledger-debug-execution-role-policy"] = {"policy.Statement.3.Resource.0"}
    assert release.changed == expected
    assert release.added | release.removed == set()


def test_a_release_without_migrations_passes_the_gate() -> None:
    values = stack_values("staging")
    values["services"]["ledger"]["database"] = {"migrate": False}
    after = run_program(values)
    release = changes(before("staging"), after)
    content = {f"input.migrates.{each}" for each in ("command", "database", "image", "server")}
    assert release.changed == {"Stash ledger-migrations-done": content}
    # With nothing in it the gate says so, and lets pass whatever release comes.
    assert (
        after.one("pulumi:index:Stash", "ledger-migrations-done").inputs["input"]["migrates"] == {}
    )


def test_without_readers_in_the_settings_no_secret_denies_itself_to_anybody() -> None:
    release = after_edit("staging", lambda values: values["account"].pop("secret_readers"))
    assert release.changed == {}
    assert {name.split()[0] for name in release.removed} == {"SecretPolicy"}
    of_services = (len(LOGINS) + len(REQUIRED_SECRETS)) * len(CATALOGUE)
    assert len(release.removed) == of_services + 1  # and that of the platform's own webhook


def test_a_vault_is_there_when_the_settings_say_how_long_copies_are_kept() -> None:
    def keep(values: dict[str, Any]) -> None:
        values["databases"]["vault_retention_days"] = 40

    release = after_edit("staging", keep)
    assert release.changed == {}
    assert {name.split()[0] for name in release.added} == {
        *("Alias", "Key", "Plan", "Role", "RolePolicy", "Selection", "Vault")
    }
