"""What a run leaves on a real server, and what each login can then do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from components.database.roles.service_roles import roles_variables
from local.account.postgres.programs import Programs
from tests.database.bench import MASTER, USUAL, VERSIONS, Bench, bench, version_id
from tests.database.catalog import catalog
from tests.database.probe import leaks
from tests.database.tenants import A, B, furnish

SERVICES = [
    "ledger",
    "payouts",
    "recon",
    "secure_card_service",
    "treasury",
    "turnstay_api",
    "webhook_service",
]
HOSTILE = 'Ledger\'; DROP ROLE "x" -- $1 \\ %I dbname=postgres'


@pytest.fixture(scope="module", params=VERSIONS, ids=version_id)
def server(request: pytest.FixtureRequest) -> Iterator[Bench]:
    programs: Programs = request.param
    with bench(programs) as made:
        # All at once on a server that has none of it: who comes second waits.
        running = {each: made.start(each) for each in SERVICES}
        said = {each: process.communicate(timeout=60) for each, process in running.items()}
        failed = {each: said[each] for each, process in running.items() if process.returncode}
        assert not failed
        yield made


def test_at_least_two_versions_are_on_this_machine() -> None:
    assert len(VERSIONS) >= 2, [each.version for each in VERSIONS]


def test_seven_at_once_are_all_set_up_and_each_has_its_own_database(server: Bench) -> None:
    for each in SERVICES:
        said = server.sql("SELECT current_user, current_database()", f"{each}_app_a", database=each)
        assert said == f"{each}_app_a|{each}"


def test_a_second_run_writes_nothing(server: Bench) -> None:
    before = catalog(server, "ledger")
    lines = server.log().count("does not exist") + server.log().count("authentication failed")
    said = server.run("ledger")
    assert catalog(server, "ledger") == before
    assert "ledger: database ledger is ready on PostgreSQL" in said
    assert (
        server.log().count("does not exist") + server.log().count("authentication failed") == lines
    )


def test_a_migration_acts_as_the_owner_from_its_first_statement(server: Bench) -> None:
    assert (
        server.sql(
            "SELECT session_user, current_user; CREATE TABLE made (id int);"
            "SELECT schemaname, tableowner FROM pg_tables WHERE tablename = 'made'; DROP TABLE made",
            "ledger_migrator",
            "ledger",
        )
        == "ledger_migrator|ledger_owner\nledger|ledger_owner"
    )


def test_what_a_migration_makes_is_usable_at_once_and_not_more_than_that(server: Bench) -> None:
    server.sql(
        "CREATE TABLE note (id serial PRIMARY KEY, text text); CREATE FUNCTION one() RETURNS int RETURN 1",
        "recon_migrator",
        "recon",
    )
    as_tenant = "SET ROLE tenant_user; "
    used = "INSERT INTO note (text) VALUES ('a'); UPDATE note SET text = 'b'; SELECT one(), text FROM note; DELETE FROM note"
    assert server.sql(as_tenant + used, "recon_app_b", "recon") == "1|b"
    statements = (
        "TRUNCATE note",
        "CREATE TABLE mine (id int REFERENCES note)",
        "CREATE TEMP TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TRIGGER t AFTER INSERT ON note EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "SELECT * FROM alembic_version",
        "CREATE TABLE public.mine (id int)",
        "ALTER TABLE note DISABLE ROW LEVEL SECURITY",
        "SET ROLE recon_owner",
        "SET ROLE recon_reports",
        f"SET ROLE {MASTER}",
    )
    said = server.errors(as_tenant, statements, "recon_app_b", "recon")
    denied = [each for each in said if "permission denied" in each or "must be owner" in each]
    assert (len(said), said) == (len(statements), denied)


def test_an_app_can_do_nothing_before_it_is_the_tenant_user(server: Bench) -> None:
    server.sql("CREATE TABLE secret (id int)", "treasury_migrator", "treasury")
    said = server.refused("SELECT * FROM treasury.secret", "treasury_app_a", "treasury")
    assert said is not None
    assert "permission denied for schema treasury" in said


def test_reports_read_all_tenants_by_a_policy_and_write_nothing(server: Bench) -> None:
    server.sql(
        "CREATE TABLE row (company_id int); ALTER TABLE row ENABLE ROW LEVEL SECURITY; ALTER TABLE row FORCE ROW LEVEL SECURITY;"
        "CREATE POLICY migrations ON row TO payouts_owner USING (true); INSERT INTO row VALUES (7), (42)",
        "payouts_migrator",
        "payouts",
    )
    server.sql(
        "CREATE ROLE analyst LOGIN PASSWORD 'analyst-password-1'; GRANT payouts_reports TO analyst"
    )
    read = "SELECT count(*) FROM payouts.row"
    assert server.sql(read, "analyst", "payouts", "analyst-password-1") == "0"
    server.sql(
        "CREATE POLICY reports ON row FOR SELECT TO payouts_reports USING (true)",
        "payouts_migrator",
        "payouts",
    )
    assert server.sql(read, "analyst", "payouts", "analyst-password-1") == "2"
    for statement in ("DELETE FROM payouts.row", "SELECT * FROM payouts.alembic_version"):
        said = server.refused(statement, "analyst", "payouts", "analyst-password-1")
        assert said is not None
        assert "permission denied" in said
    server.run("payouts")  # a member that operators chose is no finding
    assert server.sql(read, "analyst", "payouts", "analyst-password-1") == "2"


@pytest.mark.parametrize("server", [USUAL], indirect=True, ids=version_id)
@pytest.mark.parametrize("database", ["first", "postgres", "recon", "template1"])
@pytest.mark.parametrize("login", ["app_a", "app_b", "migrator"])
def test_a_login_connects_to_its_own_database_alone(
    server: Bench, login: str, database: str
) -> None:
    said = server.refused("SELECT 1", f"ledger_{login}", database)
    assert said is not None
    assert "User does not have CONNECT privilege" in said


def test_every_login_has_its_limits(server: Bench) -> None:
    shown = (
        "SELECT name, setting || coalesce(unit, '') FROM pg_settings"
        " WHERE name ~ '^(idle_in_transaction_session|lock|statement)_timeout$' ORDER BY name"
    )
    assert server.sql(shown, "ledger_app_a", "ledger").splitlines() == [
        "idle_in_transaction_session_timeout|30000ms",
        "lock_timeout|3000ms",
        "statement_timeout|15000ms",
    ]
    assert server.sql(shown, "ledger_migrator", "ledger").splitlines() == [
        "idle_in_transaction_session_timeout|60000ms",
        "lock_timeout|5000ms",
        "statement_timeout|900000ms",
    ]
    assert server.sql(
        "SELECT string_agg(rolconnlimit::text, ' ' ORDER BY rolname) FROM pg_roles WHERE rolname ~ '^ledger_(app|mig)'"
    ) == ("40 40 4")
    assert server.sql("SHOW search_path", "ledger_app_b", "ledger") == "ledger"


def test_a_changed_limit_is_taken_over_and_nothing_else_changes(server: Bench) -> None:
    before = catalog(server, "ledger", "xmin", "rolconnlimit", "setconfig")
    other = roles_variables(
        service="ledger", database="ledger", app_connections=7, app_statement_seconds=9
    )
    server.run("ledger", other)
    limits = "SELECT rolconnlimit FROM pg_roles WHERE rolname = user; SHOW statement_timeout"
    assert server.sql(limits, "ledger_app_a", "ledger") == "7\n9s"
    assert catalog(server, "ledger", "xmin", "rolconnlimit", "setconfig") == before
    server.run("ledger")


def test_no_password_is_in_the_log_of_a_server_that_logs_all(server: Bench) -> None:
    log = server.log()
    assert "COPY  given ( password ) FROM STDIN" in log or "COPY given" in log
    assert "ALTER ROLE" in log
    found = [login for login, password in server.passwords.items() if password in log]
    assert not found
    assert "SCRAM-SHA-256$" not in log


def test_a_name_is_a_name_whatever_it_looks_like(server: Bench) -> None:
    variables = server.variables("ledger") | {"service": HOSTILE[:50], "database": HOSTILE}
    for login in ("app_a", "app_b", "migrator"):
        server.passwords[f"hostile_{login}"] = f"hostile-password-{login}"
    server.run("hostile", variables)
    before = catalog(server, "postgres")["authid"]
    server.run("hostile", variables)
    assert catalog(server, "postgres")["authid"] == before
    login = f"{HOSTILE[:50]}_migrator"
    said = server.sql(
        "CREATE TABLE t (id int); SELECT tableowner FROM pg_tables WHERE tablename = 't'",
        login,
        database=HOSTILE,
        password="hostile-password-migrator",
    )
    assert said == f"{HOSTILE[:50]}_owner"


def test_a_name_that_would_be_cut_is_refused(server: Bench) -> None:
    code, said = server.attempt("ledger", server.variables("ledger") | {"service": "s" * 55})
    assert code == 3
    assert f"nothing was changed: a name has at most 63 bytes: {'s' * 55}_migrator" in said


def test_nothing_leaks_from_tables_that_are_made_as_the_page_says(server: Bench) -> None:
    furnish(server)
    assert asyncio.run(leaks(server, A, B)) == []
