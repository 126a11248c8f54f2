"""A service whose tables are made from the page for service teams, with rows of two companies."""

from __future__ import annotations

from typing import Final

from tests.database.bench import Bench
from tests.database.pages import sql

A, B = 7, 42
POLICY: Final = (
    "CREATE POLICY tenant ON companies TO tenant_user"
    " USING (id = nullif(current_setting('app.current_tenant', true), '')::int)"
    " WITH CHECK (id = nullif(current_setting('app.current_tenant', true), '')::int);"
)
COMPANIES: Final = (
    "CREATE TABLE companies (id int PRIMARY KEY, name text NOT NULL);"
    "ALTER TABLE companies ENABLE ROW LEVEL SECURITY; ALTER TABLE companies FORCE ROW LEVEL SECURITY;"
    + POLICY
)
HEADINGS: Final = (
    "A table of companies' rows",
    "A row that refers to another",
    "Views and partitions",
)
ROWS: Final = (
    "SET ROLE tenant_user; SET app.current_tenant = {id};"
    "INSERT INTO companies VALUES ({id}, 'company {id}');"
    "INSERT INTO payments (company_id, reference, amount_cents) VALUES ({id}, 'own of {id}', 2000000), ({id}, 'both have it', 1);"
    "INSERT INTO refunds (company_id, payment_id) SELECT company_id, id FROM payments;"
    "INSERT INTO events VALUES ({id}, '2026-11-25', 'paid');"
)


def migrate(server: Bench, *statements: str) -> None:
    """Run a migration of the ledger."""
    server.sql("BEGIN;" + "\n".join(statements) + "\n;COMMIT;", "ledger_migrator", "ledger")


def furnish(server: Bench) -> None:
    """Make the tables and the rows."""
    migrate(server, COMPANIES, *map(sql, HEADINGS))
    for company in (A, B):
        server.sql(ROWS.format(id=company), "ledger_app_a", "ledger")
