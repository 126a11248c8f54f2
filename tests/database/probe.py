"""Every way out of a company that can be tried from inside, on whatever relations there are."""

# ruff: noqa: S608 - statements of the test's own making
from __future__ import annotations

import re
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from tests.database.bench import Bench
from tests.database.customer import Sessions, fresh_session, set_tenant_security
from tests.database.tenants import A, B

DENIED, NO_SUCH_ROW = "42501", "23503"
REFERRED_TO = NO_SUCH_ROW  # the same for a row that is deleted while another refers to it
# Not a list of tables: whatever tenant_user may read, by the column that says whose it is.
REACHED = """
SELECT c.relname, CASE WHEN c.relname ~ 'companies' THEN 'id' ELSE 'company_id' END,
       (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
           AND attname NOT IN ('company_id') AND NOT (attname = 'id')) AS columns, relkind
  FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
 WHERE nspname = 'ledger' AND relkind IN ('r', 'p', 'v', 'm', 'f') AND has_table_privilege('tenant_user', c.oid, 'SELECT') ORDER BY 1
"""
UNCHECKED = "SELECT tablename || '.' || policyname FROM pg_policies WHERE cmd IN ('ALL', 'INSERT', 'UPDATE') AND with_check IS NULL"


@dataclass
class Probe:
    """Tries to break out, and keeps what worked."""

    session: AsyncSession
    leaks: list[str] = field(default_factory=list)

    async def attempt(self, statement: str) -> int | str:
        """The first value or the number of rows, or the SQLSTATE of a refusal; nothing of it stays."""
        nested = await self.session.begin_nested()
        try:
            done = await self.session.execute(text(statement))
            return int(done.scalar() or 0) if done.returns_rows else int(done.rowcount)  # type: ignore[attr-defined]
        except DBAPIError as error:
            return str(getattr(error.orig, "sqlstate", error))
        finally:
            await nested.rollback()

    async def expect(self, what: str, statement: str, *expected: int | str) -> None:
        """Take anything else for a leak."""
        got = await self.attempt(statement)
        if got not in expected:
            self.leaks.append(f"{what}: {got}")


async def leaks(server: Bench, *companies: int) -> list[str]:
    """What companies, a login without a company, another service or the owner get that they must not."""
    engine = create_async_engine(server.url("ledger_app_a"), pool_size=1, max_overflow=0)
    sessions = async_sessionmaker(engine)
    try:
        found = []
        for own in companies:
            found += await _of_a_company(sessions, own, A if own == B else B)
        found += await _without_a_company(sessions)
    finally:
        await engine.dispose()
    found += _of_the_owner(server)
    if server.refused("SELECT 1", "recon_app_a", "ledger") is None:
        found.append("another service's login connects")
    return found


async def _of_a_company(sessions: Sessions, own: int, other: int) -> list[str]:
    async with fresh_session(sessions) as session:
        probe = Probe(session)
        await set_tenant_security(session, own)
        relations = (await session.execute(text(REACHED))).all()
        for name, column, columns, kind in relations:
            whose = f"{column} IS DISTINCT FROM {own}"
            count = f"SELECT count(*) FROM {name} WHERE {whose}"
            await probe.expect(f"{own} reads others' rows of {name}", count, 0)
            if kind == "m":
                continue
            for verb in (f"UPDATE {name} SET {column} = {column}", f"DELETE FROM {name}"):
                what = f"{own} changes others' rows of {name}"
                await probe.expect(what, f"{verb} WHERE {column} = {other}", 0, DENIED)
            # Without a WHERE no column is read, and so no policy for SELECT is in the way.
            mine = await probe.attempt(f"SELECT count(*) FROM {name}")
            for verb in (f"DELETE FROM {name}", f"UPDATE {name} SET {column} = {own}"):
                what = f"{own} changes all rows of {name}"
                await probe.expect(what, verb, mine, REFERRED_TO, DENIED)
            if mine:
                move = f"UPDATE {name} SET {column} = {other}"
                await probe.expect(f"{own} gives away rows of {name}", move, DENIED)
                copy = f"INSERT INTO {name} ({column}, {columns}) SELECT {other}, {columns} FROM {name} LIMIT 1"
                await probe.expect(f"{own} writes rows of another into {name}", copy, DENIED)
        await _infer(probe, own, other)
        for role in ("ledger_owner", "ledger_migrator", "ledger_reports", "turnstay_master"):
            become = f"SET ROLE {role}"
            await probe.expect(f"{own} becomes {role}", become, DENIED)
        for unchecked in await session.scalars(text(UNCHECKED)):
            probe.leaks.append(f"policy {unchecked} has no WITH CHECK")
        return probe.leaks


async def _infer(probe: Probe, own: int, other: int) -> None:
    """What a refusal would tell: a reference or a payment of another is as one that nobody has."""
    take = f"INSERT INTO payments (company_id, reference, amount_cents) VALUES ({own}, 'own of {other}', 1)"
    await probe.expect(f"{own} learns of another's reference", take, 1)
    refund = "INSERT INTO refunds (company_id, payment_id) VALUES"
    for payment in range(1, 6):  # of both companies, and one of nobody
        mine = await probe.attempt(f"SELECT count(*) FROM payments WHERE id = {payment}")
        expected = 1 if mine else NO_SUCH_ROW
        what = f"{own} learns of payment {payment}"
        await probe.expect(what, f"{refund} ({own}, {payment})", expected)


async def _without_a_company(sessions: Sessions) -> list[str]:
    async with fresh_session(sessions) as session:
        probe = Probe(session)
        relations = [row[0] for row in await session.execute(text(REACHED))]
        for name in relations:
            count = f"SELECT count(*) FROM ledger.{name}"
            await probe.expect(f"the login itself reads {name}", count, DENIED)
        await session.execute(text("SET SESSION ROLE tenant_user"))
        for tenant in ("DEFAULT", "''"):
            await session.execute(text(f"SET app.current_tenant TO {tenant}"))
            for name in relations:
                await probe.expect(
                    f"no company reads {name}", f"SELECT count(*) FROM {name}", 0, DENIED
                )
        return probe.leaks


def _of_the_owner(server: Bench) -> list[str]:
    """The owner, and so everything that runs as it, is bound by policies too."""
    tables = server.sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'ledger' AND tablename <> 'alembic_version'",
        database="ledger",
    ).splitlines()
    counts = "".join(f"SELECT '{each} ' || count(*) FROM {each};" for each in tables)
    shown = server.sql(counts, "ledger_migrator", "ledger").splitlines()
    return [f"the owner reads {each}" for each in shown if not re.search(r" 0$", each)]
