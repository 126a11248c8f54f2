"""A server that somebody edited by hand: a run puts right what its master may, and names the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest

from local.account.postgres.programs import Programs
from tests.database.bench import VERSIONS, Bench, bench, version_id
from tests.database.catalog import catalog

# What a person with the master's password could have done, in the database named first.
EDITS: Final = (
    ("postgres", "ALTER ROLE ledger_app_a INHERIT CREATEDB CONNECTION LIMIT 1 VALID UNTIL '2020-01-01'"),
    ("postgres", "ALTER ROLE ledger_app_b PASSWORD 'somebody else knows it' NOLOGIN"),
    ("postgres", "ALTER ROLE ledger_owner LOGIN CREATEROLE"),
    ("postgres", "ALTER ROLE tenant_user LOGIN INHERIT"),
    ("postgres", "GRANT ledger_owner TO ledger_app_a"),
    ("postgres", "GRANT ledger_app_a TO recon_app_a"),
    ("postgres", "GRANT ledger_owner TO stranger"),
    ("postgres", "GRANT ledger_reports TO ledger_app_b"),
    ("postgres", "GRANT tenant_user TO stranger"),
    ("postgres", "GRANT tenant_user TO ledger_app_a WITH ADMIN OPTION"),
    ("postgres", "REVOKE tenant_user FROM ledger_app_b"),
    ("postgres", "REVOKE ledger_owner FROM ledger_migrator"),
    ("postgres", "ALTER ROLE ledger_migrator RESET role"),
    ("postgres", "ALTER ROLE ledger_migrator SET statement_timeout = 0"),
    ("postgres", "ALTER ROLE ledger_app_a SET search_path = public, ledger"),
    ("postgres", "ALTER ROLE ledger_app_a SET row_security = off"),
    ("postgres", "ALTER ROLE ledger_app_b RESET ALL"),
    ("postgres", "ALTER ROLE ledger_app_a IN DATABASE ledger SET lock_timeout = 0"),
    ("postgres", "ALTER DATABASE ledger SET search_path = public"),
    ("postgres", "GRANT CONNECT ON DATABASE ledger TO PUBLIC"),
    ("postgres", "GRANT CONNECT ON DATABASE ledger TO recon_app_a"),
    ("postgres", "GRANT TEMPORARY ON DATABASE postgres TO PUBLIC"),
    ("postgres", "GRANT CONNECT ON DATABASE recon TO ledger_app_a"),
    ("postgres", "GRANT CREATE ON DATABASE ledger TO ledger_app_a"),
    ("postgres", "REVOKE CONNECT ON DATABASE ledger FROM ledger_migrator"),
    ("ledger", "GRANT CREATE ON SCHEMA ledger TO tenant_user"),
    ("ledger", "GRANT USAGE ON SCHEMA ledger TO PUBLIC"),
    ("ledger", "REVOKE USAGE ON SCHEMA ledger FROM ledger_reports"),
    ("ledger", "GRANT CREATE ON SCHEMA public TO PUBLIC"),
    ("ledger", "GRANT CREATE ON SCHEMA public TO ledger_app_a"),
    ("ledger", "ALTER DEFAULT PRIVILEGES FOR ROLE ledger_owner IN SCHEMA ledger GRANT TRUNCATE ON TABLES TO tenant_user"),
    ("ledger", "ALTER DEFAULT PRIVILEGES FOR ROLE ledger_owner IN SCHEMA ledger GRANT SELECT ON TABLES TO PUBLIC"),
    ("ledger", "ALTER DEFAULT PRIVILEGES FOR ROLE ledger_owner IN SCHEMA ledger REVOKE SELECT ON TABLES FROM ledger_reports"),
    ("ledger", "ALTER DEFAULT PRIVILEGES FOR ROLE ledger_owner GRANT EXECUTE ON FUNCTIONS TO PUBLIC"),
    ("ledger", "GRANT SELECT ON ledger.alembic_version TO tenant_user"),
    ("ledger", "GRANT UPDATE ON ledger.alembic_version TO PUBLIC"),
    ("ledger", "ALTER SCHEMA ledger OWNER TO turnstay_master"),
    ("ledger", "ALTER TABLE ledger.kept OWNER TO turnstay_master"),
    ("ledger", "ALTER FUNCTION ledger.one() OWNER TO turnstay_master"),
)  # fmt: skip
# What only a superuser can have done, how a run names it, and how it is undone.
BEYOND: Final = (
    (
        "ALTER ROLE ledger_app_a BYPASSRLS",
        "ledger_app_a has BYPASSRLS, which only a superuser can take away",
        "ALTER ROLE ledger_app_a NOBYPASSRLS",
    ),
    (
        "ALTER ROLE tenant_user SUPERUSER",
        "tenant_user has SUPERUSER, which only a superuser can take away",
        "ALTER ROLE tenant_user NOSUPERUSER",
    ),
    (
        "ALTER ROLE ledger_app_b SET app.current_tenant = '7'",
        "ledger_app_b begins with a setting of its own: app.current_tenant",
        "ALTER ROLE ledger_app_b RESET app.current_tenant",
    ),
    (
        "\\connect ledger\nALTER DATABASE ledger SET app.current_tenant = '7'",
        "a session of ledger begins with tenant 7",
        "ALTER DATABASE ledger RESET app.current_tenant",
    ),
    (
        "\\connect ledger\nCREATE TABLE ledger.foreign_one ()",
        "ledger.foreign_one belongs to rdsadmin and not to ledger_owner",
        "\\connect ledger\nDROP TABLE ledger.foreign_one",
    ),
    (  # as it is on PostgreSQL 14
        "\\connect ledger\nALTER SCHEMA public OWNER TO rdsadmin; GRANT CREATE ON SCHEMA public TO PUBLIC",
        "PUBLIC has CREATE on schema public, which belongs to rdsadmin",
        "\\connect ledger\nREVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO pg_database_owner",
    ),
    (
        "\\connect ledger\nCREATE SCHEMA other; GRANT CREATE ON SCHEMA other TO tenant_user",
        "tenant_user has CREATE on schema other, which belongs to rdsadmin",
        "\\connect ledger\nDROP SCHEMA other",
    ),
)


@pytest.fixture(scope="module", params=(VERSIONS[0], VERSIONS[-1]), ids=version_id)
def server(request: pytest.FixtureRequest) -> Iterator[Bench]:
    programs: Programs = request.param
    with bench(programs, "ledger", "recon") as made:
        made.sql("CREATE ROLE stranger")
        made.sql(
            "CREATE TABLE kept (id serial); CREATE FUNCTION one() RETURNS int RETURN 1",
            "ledger_migrator",
            "ledger",
        )
        yield made


def state(server: Bench) -> dict[str, object]:
    """All rows but for who wrote them; a password is what it is good for, not what is stored of it."""
    return catalog(server, "ledger", "xmin", "oid", "grantor", "rolpassword", "rolvaliduntil")


def test_a_run_puts_right_what_the_master_may(server: Bench) -> None:
    before = state(server)
    server.sql(";".join(f"\n\\connect {database}\n{edit}" for database, edit in EDITS))
    assert state(server) != before
    server.run("ledger")
    assert state(server) == before
    for login in ("app_a", "app_b", "migrator"):
        assert server.sql("SELECT 1", f"ledger_{login}", "ledger") == "1"


@pytest.mark.parametrize("server", [VERSIONS[0]], indirect=True, ids=version_id)
def test_each_edit_would_be_seen(server: Bench) -> None:
    unseen, last = [], catalog(server, "ledger")
    for database, edit in EDITS:
        server.sql(edit, database=database)
        unseen += [edit] if (now := catalog(server, "ledger")) == last else []
        last = now
    assert not unseen
    server.run("ledger")


def test_a_run_names_all_that_the_master_may_not_in_one_message(server: Bench) -> None:
    before = state(server)
    for edit, _, _ in BEYOND:
        server.administer(edit)
    code, said = server.attempt("ledger")
    for _, _, undo in BEYOND:
        server.administer(undo)
    assert code == 3
    message = next(line for line in said.splitlines() if "could not be put right" in line)
    assert [finding for _, finding, _ in BEYOND if finding not in message] == []
    server.run("ledger")
    assert state(server) == before


def test_a_way_into_another_role_is_closed_or_named(server: Bench) -> None:
    server.administer("CREATE ROLE keeper; GRANT keeper TO ledger_app_b")
    code, said = server.attempt("ledger")
    server.administer("DROP ROLE keeper")
    if server.server.programs.major >= 16:  # from then on CREATEROLE is nothing without ADMIN
        assert code == 3
        assert "ledger_app_b is a member of keeper" in said
    else:
        assert code == 0, said


def test_another_services_run_does_not_take_ours_for_a_stranger(server: Bench) -> None:
    before = state(server)
    server.run("recon")
    assert state(server) == before


def test_a_password_that_somebody_changed_is_set_again(server: Bench) -> None:
    server.sql("ALTER ROLE recon_app_a PASSWORD 'somebody else knows it'")
    assert server.refused("SELECT 1", "recon_app_a", "recon")
    server.run("recon")
    assert server.sql("SELECT 1", "recon_app_a", "recon") == "1"


def test_databases_of_another_owner_are_said_and_not_refused(server: Bench) -> None:
    server.administer("CREATE DATABASE elsewhere")
    said = server.run("ledger")
    server.administer("DROP DATABASE elsewhere")
    assert "ready" in said
    assert "PUBLIC may CONNECT elsewhere" in said
