"""What docs/tenant-isolation.md and docs/databases.md tell people to run does what they say."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine

from components.database.roles.service_roles import roles_variables
from tests.database.bench import USUAL, Bench, bench
from tests.database.customer import Sessions, fresh_session, tenant_session
from tests.database.pages import DATABASES, DOCS, ISOLATION, blocks, sql
from tests.database.tenants import A, B, furnish, migrate

LEAK = "The leak that no infrastructure can close"
READ = text("SELECT DISTINCT company_id FROM payments")
TAKEN = text("INSERT INTO companies VALUES (42, 'again')")


@pytest.fixture(scope="module")
def server() -> Iterator[Bench]:
    with bench(USUAL, "ledger") as made:
        furnish(made)
        yield made


def pool_of_one(server: Bench) -> AsyncEngine:
    return create_async_engine(server.url("ledger_app_a"), pool_size=1, max_overflow=0)


def install_the_reset_of_the_page(engine: AsyncEngine) -> None:
    [snippet] = blocks(ISOLATION, LEAK, "python")
    exec(compile(snippet, ISOLATION, "exec"), {"async_engine": engine})  # noqa: S102


async def after_a_rollback(engine: AsyncEngine) -> list[int] | str:
    """What B is shown on a connection that A has used, after a rollback in its own session."""
    sessions = async_sessionmaker(engine)
    async with tenant_session(sessions, A) as session:
        await session.execute(READ)
        await session.commit()
    async with tenant_session(sessions, B) as session:
        with pytest.raises(IntegrityError):
            await session.execute(TAKEN)
        await session.rollback()
        return await shown(session)


async def shown(session: Any) -> list[int] | str:
    try:
        return list(await session.scalars(READ))
    except DBAPIError as error:
        return str(error.orig)


def run(server: Bench, story: Any, *, reset: bool) -> Any:
    async def told() -> Any:
        engine = pool_of_one(server)
        if reset:
            install_the_reset_of_the_page(engine)
        try:
            return await story(engine)
        finally:
            await engine.dispose()

    return asyncio.run(told())


def test_a_rollback_shows_the_rows_of_the_company_before(server: Bench) -> None:
    assert run(server, after_a_rollback, reset=False) == [A]


def test_the_reset_of_the_page_closes_that(server: Bench) -> None:
    assert 'relation "payments" does not exist' in run(server, after_a_rollback, reset=True)
    assert 'relation "payments" does not exist' in (DOCS / ISOLATION).read_text()


async def without_a_beginning(engine: AsyncEngine) -> list[int] | str:
    """What code is shown that takes a connection of the pool and does not begin a session as it should."""
    sessions: Sessions = async_sessionmaker(engine)
    async with tenant_session(sessions, A) as session:
        await session.execute(READ)
        await session.commit()
    async with sessions() as session:
        return await shown(session)


def test_whoever_forgets_the_beginning_is_shown_the_company_before(server: Bench) -> None:
    assert run(server, without_a_beginning, reset=False) == [A]
    assert "does not exist" in run(server, without_a_beginning, reset=True)


async def ordinary(engine: AsyncEngine) -> list[list[int] | str]:
    """Requests of both, with a failure between them, each in a session of its own."""
    sessions, seen = async_sessionmaker(engine), []
    for company in (A, B, A):
        async with tenant_session(sessions, company) as session:
            seen.append(await shown(session))
            await session.commit()
        with suppress(DBAPIError):
            async with tenant_session(sessions, company) as session:
                await session.execute(text("SELECT 1 / 0"))
    async with fresh_session(sessions) as session:
        seen.append(await shown(session))
    return seen


@pytest.mark.parametrize("reset", [False, True], ids=["as it is", "with the reset"])
def test_requests_that_begin_as_they_should_see_their_own_rows(server: Bench, reset: bool) -> None:
    *companies, none = run(server, ordinary, reset=reset)
    assert companies == [[A], [B], [A]]
    assert "does not exist" in none


def test_a_migration_sees_no_row_unless_it_says_that_it_means_all(server: Bench) -> None:
    amounts = (
        "SET ROLE tenant_user; SET app.current_tenant = 7; SELECT sum(amount_cents) FROM payments"
    )
    before = int(server.sql(amounts, "ledger_app_a", "ledger"))
    migrate(server, "UPDATE payments SET amount_cents = amount_cents * 100")
    assert int(server.sql(amounts, "ledger_app_a", "ledger")) == before
    migrate(server, sql("A migration that changes rows"))
    assert int(server.sql(amounts, "ledger_app_a", "ledger")) == before * 100
    assert server.sql("SELECT count(*) FROM payments", "ledger_migrator", "ledger") == "0"


def test_a_table_with_rows_is_protected_in_two_releases(server: Bench) -> None:
    first, second = blocks(ISOLATION, "A table that has rows already", "sql")
    migrate(server, "CREATE TABLE invoices (id int, payment_id bigint)")
    payments = "SET ROLE tenant_user; SET app.current_tenant = {}; INSERT INTO invoices SELECT {}, id FROM payments"
    for company in (A, B):
        server.sql(payments.format(company, company), "ledger_app_a", "ledger")
    every = "CREATE POLICY migration ON payments TO ledger_owner USING (true);"
    migrate(server, every, first, "DROP POLICY migration ON payments")
    read = "SET ROLE tenant_user; SELECT count(*) FROM invoices; SET app.current_tenant = 42; SELECT count(*) FROM invoices"
    assert server.sql(read, "ledger_app_a", "ledger") == "4\n4"  # the old tasks still see them
    migrate(server, second)
    assert server.sql(read, "ledger_app_a", "ledger") == "0\n2"
    assert "violates row-level security" in str(
        server.refused(
            "SET ROLE tenant_user; SET app.current_tenant = 42; UPDATE invoices SET company_id = 7",
            "ledger_app_a",
            "ledger",
        )
    )
    migrate(server, "ALTER TABLE invoices DISABLE ROW LEVEL SECURITY")
    assert server.sql(read, "ledger_app_a", "ledger") == "4\n4"


def test_large_objects_are_everybodys_as_the_page_warns(server: Bench) -> None:
    become = "SET ROLE tenant_user; SET app.current_tenant = "
    server.sql(f"{become} {B}; SELECT lo_from_bytea(4711, 'of 42')", "ledger_app_a", "ledger")
    read = f"{become} {A}; SELECT convert_from(lo_get(4711), 'UTF8')"
    assert server.sql(read, "ledger_app_a", "ledger") == "of 42"
    assert "**Large objects" in (DOCS / ISOLATION).read_text()


def test_an_operator_reads_as_the_app_login(server: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    [console] = blocks(DATABASES, "Reach a database on AWS", "console")
    monkeypatch.setenv("DATABASE_URL", server.url("ledger_app_a"))
    lines = [line[4:] for line in console.splitlines() if line.startswith(">>> ")]
    assert lines[0].startswith("import ")
    body = "".join(f"    {line}\n" for line in lines[1:-1])
    program = f"{lines[0]}\nasync def main():\n{body}    rows = {lines[-1]}\n    await db.close()\n    return rows\n"
    names: dict[str, Any] = {}
    exec(compile(program, DATABASES, "exec"), names)  # noqa: S102
    rows = asyncio.run(names["main"]())
    assert {row["reference"] for row in rows} == {f"own of {B}", "both have it"}


def test_the_time_outs_of_the_page_are_those_of_the_logins() -> None:
    found = roles_variables(service="ledger", database="ledger", app_connections=1)
    page = (DOCS / DATABASES).read_text()
    seconds = {"s": 1, "min": 60}
    rows = {
        "a statement": "statement",
        "waiting for a lock": "lock",
        "idle within a transaction": "idle",
    }
    for row, name in rows.items():
        shown = re.search(rf"^\| {row} \| (\d+) (s|min) \| (\d+) (s|min) \|$", page, re.MULTILINE)
        assert shown, row
        app, migrator = (int(shown[i]) * seconds[shown[i + 1]] for i in (1, 3))
        assert found[f"app_{name}_timeout"] == f"{app}s"
        assert found[f"migrator_{name}_timeout"] == f"{migrator}s"
    assert f"for each login | {found['migrator_connections']} |" in page
