"""Passwords on a real server: set when they differ, refused when they are none, and never kept by the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.database.bench import ENVIRONMENT_NAMES, MASTER, USUAL, Bench, bench


@pytest.fixture(scope="module")
def server() -> Iterator[Bench]:
    with bench(USUAL, "ledger") as made:
        yield made


def test_another_password_is_set_and_the_other_logins_keep_theirs(server: Bench) -> None:
    old = server.password("ledger_app_b")
    stored = "SELECT rolname, rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL ORDER BY 1"
    before = dict(line.split("|") for line in server.administer(stored).splitlines())
    server.passwords["ledger_app_b"] = 'new,"o\'ne" \\t %s $HOME :app_a `id`'
    server.run("ledger")
    after = dict(line.split("|") for line in server.administer(stored).splitlines())
    assert {name for name in after if after[name] != before[name]} == {"ledger_app_b"}
    assert after["ledger_app_b"].startswith("SCRAM-SHA-256$4096:")
    assert server.sql("SELECT 1", "ledger_app_b", "ledger") == "1"
    assert server.refused("SELECT 1", "ledger_app_b", "ledger", old)


def test_no_password_is_among_the_statements_that_the_server_counts(server: Bench) -> None:
    server.administer("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
    counted = server.administer("SELECT query FROM pg_stat_statements")
    assert "DO $$" in counted
    assert not [each for each in server.passwords.values() if each in counted]


@pytest.mark.parametrize("name", sorted(ENVIRONMENT_NAMES.values()))
def test_a_weak_password_changes_nothing(server: Bench, name: str) -> None:
    code, said = server.attempt("nothing_of_it", None, **{name: "x" * 15})
    assert code == 3
    assert f"nothing was changed: {name} is missing or shorter than 16 characters" in said
    assert server.sql("SELECT count(*) FROM pg_roles WHERE rolname ~ 'nothing_of_it'") == "0"


def test_a_password_of_several_lines_sets_none(server: Bench) -> None:
    code, said = server.attempt("ledger", None, APP_A_PASSWORD=f"first line of it\n{'x' * 16}")
    assert code == 3
    assert "no password was set: one of them has more than one line" in said
    assert server.sql("SELECT 1", "ledger_app_a", "ledger") == "1"


def test_no_password_is_set_where_the_server_would_keep_its_statement(server: Bench) -> None:
    server.administer(f"ALTER ROLE {MASTER} SET pg_stat_statements.track = 'all'")
    code, said = server.attempt("ledger", None, APP_B_PASSWORD="another password of it")
    unchanged, _ = server.attempt("ledger")
    server.administer(f"ALTER ROLE {MASTER} RESET pg_stat_statements.track")
    assert (code, unchanged) == (3, 0)
    assert "no password was set: pg_stat_statements.track is all" in said


def test_a_login_without_a_connection_left_is_no_wrong_password(server: Bench) -> None:
    one = server.variables("ledger") | {"app_connections": "1", "migrator_connections": "1"}
    stored = "SELECT rolpassword FROM pg_authid WHERE rolname = 'ledger_app_a'"
    before = server.administer(stored)
    with server.open("ledger_app_a", "ledger"):
        server.run("ledger", one)
        said = server.refused("SELECT 1", "ledger_app_a", "ledger")
        server.run("ledger")
    assert "too many connections for role" in str(said)
    assert server.administer(stored) == before
