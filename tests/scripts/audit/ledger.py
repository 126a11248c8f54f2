"""A service's database as roles and migrations make it, on a real server, and what an audit finds in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg  # type: ignore[import-untyped]

from local.account.postgres.administration import ADMINISTRATOR
from local.account.postgres.programs import Programs, installed
from local.account.postgres.server import Server
from local.account.postgres.site import Site
from scripts.audit.catalogue import Catalogue, read_catalogue, read_server
from scripts.audit.expectation import Expectation, Roles
from scripts.audit.finding import Finding
from scripts.audit.judgement import judge

# One of each major version; 17 first, which is the platform's own.
VERSIONS = sorted(
    {each.major: each for each in reversed(installed())}.values(),
    key=lambda each: (each.major != 17, each.major),
)
MASTER, PASSWORD, SERVICE = "turnstay_master", "the master's password", "ledger"
EXEMPT = {"currencies": "ISO 4217"}
COLUMNS = {"invoices": "customer_id"}

ROLES = """
CREATE ROLE tenant_user NOLOGIN NOINHERIT;
CREATE ROLE ledger_owner NOLOGIN;
CREATE ROLE ledger_reports NOLOGIN;
CREATE ROLE ledger_migrator LOGIN PASSWORD 'migrator';
CREATE ROLE ledger_app_a LOGIN NOINHERIT PASSWORD 'app a';
CREATE ROLE ledger_app_b LOGIN NOINHERIT PASSWORD 'app b';
GRANT ledger_owner TO turnstay_master;
GRANT ledger_owner TO ledger_migrator;
GRANT tenant_user TO ledger_app_a, ledger_app_b;
ALTER ROLE ledger_migrator SET role = 'ledger_owner';
CREATE DATABASE ledger OWNER turnstay_master;
REVOKE ALL ON DATABASE ledger, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE ledger TO ledger_migrator, ledger_app_a, ledger_app_b, ledger_reports;
"""
SCHEMA = """
CREATE SCHEMA ledger AUTHORIZATION ledger_owner;
GRANT USAGE ON SCHEMA ledger TO tenant_user, ledger_reports;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SET ROLE ledger_owner;
SET search_path = ledger;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tenant_user;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT SELECT ON TABLES TO ledger_reports;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT USAGE ON SEQUENCES TO tenant_user;
ALTER DEFAULT PRIVILEGES IN SCHEMA ledger GRANT EXECUTE ON FUNCTIONS TO tenant_user;
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
REVOKE ALL ON alembic_version FROM tenant_user;
CREATE TABLE currencies (code char(3) PRIMARY KEY);
REVOKE INSERT, UPDATE, DELETE ON currencies FROM tenant_user;
CREATE TABLE companies (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  company_id int NOT NULL REFERENCES companies,
  reference text NOT NULL, amount int, currency char(3) REFERENCES currencies,
  UNIQUE (company_id, reference), UNIQUE (company_id, id)
);
CREATE TABLE refunds (
  id bigserial PRIMARY KEY, company_id bigint NOT NULL, payment_id bigint,
  FOREIGN KEY (company_id, payment_id) REFERENCES payments (company_id, id) ON DELETE CASCADE
);
CREATE TABLE invoices (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), customer_id int NOT NULL);
CREATE TABLE entries (company_id int NOT NULL, at date NOT NULL, note text) PARTITION BY RANGE (at);
CREATE TABLE entries_2026 PARTITION OF entries FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
REVOKE ALL ON entries_2026 FROM tenant_user;
CREATE VIEW large_payments AS SELECT * FROM payments WHERE amount > 1000;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER touch BEFORE UPDATE ON payments FOR EACH ROW EXECUTE FUNCTION touch();
DO $$
DECLARE own text; name text; col text;
BEGIN
  FOR name, col IN VALUES ('companies', 'id'), ('payments', 'company_id'), ('refunds', 'company_id'),
                          ('invoices', 'customer_id'), ('entries', 'company_id'), ('entries_2026', 'company_id') LOOP
    own := format('%I = nullif(current_setting(''app.current_tenant'', true), '''')::int', col);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY tenant ON %I TO tenant_user USING (%s) WITH CHECK (%s)', name, own, own);
    EXECUTE format('CREATE POLICY reports ON %I FOR SELECT TO ledger_reports USING (true)', name);
    EXECUTE format('CREATE POLICY migrations ON %I TO ledger_owner USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;
RESET ROLE;
"""
INVOKER = "ALTER VIEW ledger.large_payments SET (security_invoker = true)"


class Ledger:
    """The database, with a superuser's connection whose every change is taken back."""

    def __init__(self, server: Server, site: Site) -> None:
        self.server, self._loop = server, asyncio.new_event_loop()
        self._sockets = str(site.sockets)
        self._run(self._make())

    @property
    def expected(self) -> Expectation:
        roles = Roles.of_service(SERVICE, "tenant_user", frozenset())
        return Expectation(roles=roles, columns=COLUMNS, exempt=EXEMPT)

    def after(self, sql: str) -> list[Finding]:
        """What is found after a change that only this audit sees."""
        return judge(self._run(self._changed(sql)), self.expected)

    def close(self) -> None:
        self._run(self._connection.close())
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)

    async def _connect(self, database: str) -> Any:
        port = self.server._postmaster.port
        return await asyncpg.connect(
            host=self._sockets, port=port, user=ADMINISTRATOR, database=database, ssl=False
        )

    async def _make(self) -> None:
        connection = await self._connect("postgres")
        for statement in ROLES.strip().split(";\n"):
            await connection.execute(statement)
        await connection.close()
        self._connection = await self._connect(SERVICE)
        await self._connection.execute(SCHEMA)
        # 14 knows no security_invoker: a view is never clean there.
        view = INVOKER if self.server.programs.major >= 15 else "DROP VIEW ledger.large_payments"
        await self._connection.execute(view)

    async def _changed(self, sql: str) -> Catalogue:
        transaction = self._connection.transaction()
        await transaction.start()
        try:
            await self._connection.execute("SET LOCAL search_path = ledger")
            await self._connection.execute(sql)
            server = await read_server(self._connection)
            return await read_catalogue(self._connection, server, self.expected.roles.named)
        finally:
            await transaction.rollback()


@contextmanager
def ledger_on(programs: Programs) -> Iterator[Ledger]:
    """A server of that version with the database."""
    with Site.temporary() as site:
        server = Server(site, "general", programs, master=MASTER)
        server.start(PASSWORD)
        try:
            ledger = Ledger(server, site)
            yield ledger
            ledger.close()
        finally:
            server.stop()
