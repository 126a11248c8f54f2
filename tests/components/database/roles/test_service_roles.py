"""The script and its variables, without a server."""

from __future__ import annotations

import re
from typing import Any

import pytest

from components.database.psql_command import psql_command
from components.database.roles import service_roles
from components.database.roles.service_roles import ROLES_SQL, roles_variables

CODE = re.sub(r"--.*", "", ROLES_SQL)
# Where psql puts a variable's value: as it is, quoted as a value or as a name.
USED = set(re.findall(r"""(?<![:\w]):['"]?([a-z_]+)['"]?""", CODE))
SET = set(re.findall(r"^\\set (\w+)", CODE, re.MULTILINE))


def variables(**changes: Any) -> dict[str, str]:
    usual: dict[str, Any] = {"service": "webhook_service", "database": "hooks"}
    return roles_variables(**usual | {"app_connections": 40} | changes)


def columns_of_gset() -> set[str]:
    """Variables that a query's answer sets."""
    answers = re.findall(r"SELECT (?:(?!\\gexec).)*?\\gset", CODE, re.DOTALL)
    return {name for answer in answers for name in re.findall(r"\bAS (\w+)", answer)}


def test_the_variables_of_a_service() -> None:
    assert variables() == {
        "service": "webhook_service",
        "database": "hooks",
        "app_connections": "40",
        "migrator_connections": "4",
        "app_statement_timeout": "15s",
        "app_lock_timeout": "3s",
        "app_idle_timeout": "30s",
        "migrator_statement_timeout": "900s",
        "migrator_lock_timeout": "5s",
        "migrator_idle_timeout": "60s",
    }


def test_the_script_uses_every_variable_and_no_other() -> None:
    assert set(variables()) <= USED
    assert USED - SET - columns_of_gset() - set(variables()) == set()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"service": "Ledger"}, "service is a lower-case letter and then .* got 'Ledger'"),
        ({"service": "x'; DROP"}, 'service is .* got "x\'; DROP"'),
        ({"service": "s" * 55}, "service is .* up to 53 letters.* got 's{55}'"),
        ({"service": "pg_ledger"}, "'pg_ledger' is one of PostgreSQL's or RDS's own names"),
        ({"service": "rdsadmin"}, "'rdsadmin' is one of"),
        ({"service": "public"}, "'public' is one of"),
        ({"database": "d" * 64}, "database is .* up to 62 letters.* got 'd{64}'"),
        ({"database": "postgres"}, "database 'postgres' is one of"),
        ({"database": "template1"}, "database 'template1' is one of"),
        ({"app_connections": 0}, "app_connections is at least 1, got 0"),
        ({"app_lock_seconds": 0}, "app_lock_seconds is at least 1, got 0"),
        ({"migrator_idle_seconds": -1}, "migrator_idle_seconds is at least 1, got -1"),
    ],
    ids=str,
)
def test_what_postgresql_would_take_for_something_else_is_refused(
    changes: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        variables(**changes)


def test_all_problems_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"roles of A: service .*; database .*; app_connections"):
        variables(service="A", database="B", app_connections=-1)


def test_the_longest_names_are_taken() -> None:
    assert variables(service="s" * 54, database="d" * 63)["service"] == "s" * 54


def test_script_and_command_leave_half_of_the_task_definition_to_others() -> None:
    command = "".join(psql_command(variables(service="s" * 54, database="d" * 63)))
    assert len(ROLES_SQL.encode()) + len(command) <= 24 * 1024


def test_passwords_come_by_the_environment_alone() -> None:
    names = {
        service_roles.MIGRATOR_PASSWORD,
        service_roles.APP_A_PASSWORD,
        service_roles.APP_B_PASSWORD,
    }
    assert set(re.findall(r"\b[A-Z_]+_PASSWORD\b", CODE)) == names
    assert "\\getenv" not in CODE  # a variable of psql would be put into a statement's text


def test_names_reach_statements_by_format_alone() -> None:
    assert re.findall(r""":"\w+\"""", CODE) == [':"connection"']
    assert not re.findall(r"\|\|\s*:'\w+'\s*\|\|\s*'", CODE)


def test_every_part_is_in_the_script() -> None:
    folder = service_roles._FOLDER
    assert sorted(each.stem for each in folder.glob("*.sql")) == sorted(service_roles._PARTS)
