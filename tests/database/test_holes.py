"""Each hole that somebody may make in what keeps one company from another is found, on a real server."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.database.bench import USUAL, Bench, bench
from tests.database.probe import leaks
from tests.database.tenants import A, B, furnish, migrate

OWN = "(company_id = nullif(current_setting('app.current_tenant', true), '')::int)"


@dataclass(frozen=True, kw_only=True)
class Hole:
    """What somebody may do, by whom it is done here, what is found then, and how it is undone."""

    made: str
    found: str
    undone: str
    administrator: bool = False


HOLES = {
    "FORCE dropped": Hole(
        made="ALTER TABLE payments NO FORCE ROW LEVEL SECURITY",
        found="the owner reads payments",
        undone="ALTER TABLE payments FORCE ROW LEVEL SECURITY",
    ),
    "row-level security disabled": Hole(
        made="ALTER TABLE payments DISABLE ROW LEVEL SECURITY",
        found="7 reads others' rows of payments",
        undone="ALTER TABLE payments ENABLE ROW LEVEL SECURITY",
    ),
    "USING (true)": Hole(
        made="ALTER POLICY tenant ON payments USING (true)",
        found="7 reads others' rows of payments",
        undone=f"ALTER POLICY tenant ON payments USING {OWN}",
    ),
    "OR true": Hole(
        made=f"ALTER POLICY tenant ON payments USING ({OWN} OR true)",
        found="7 reads others' rows of payments",
        undone=f"ALTER POLICY tenant ON payments USING {OWN}",
    ),
    "a second policy to delete by": Hole(
        made="CREATE POLICY support ON refunds FOR DELETE USING (true)",
        found="7 changes all rows of refunds",
        undone="DROP POLICY support ON refunds",
    ),
    "a second policy to update by": Hole(
        made=f"CREATE POLICY support ON events FOR UPDATE USING (true) WITH CHECK {OWN}",
        found="7 changes all rows of events",
        undone="DROP POLICY support ON events",
    ),
    "WITH CHECK (true)": Hole(
        made="ALTER POLICY tenant ON payments WITH CHECK (true)",
        found="7 gives away rows of payments",
        undone=f"ALTER POLICY tenant ON payments WITH CHECK {OWN}",
    ),
    "policy without WITH CHECK": Hole(
        made=f"DROP POLICY tenant ON payments; CREATE POLICY tenant ON payments TO tenant_user USING {OWN}",
        found="policy payments.tenant has no WITH CHECK",
        undone=f"ALTER POLICY tenant ON payments WITH CHECK {OWN}",
    ),
    "BYPASSRLS granted to tenant_user": Hole(
        made="ALTER ROLE tenant_user BYPASSRLS",
        found="7 reads others' rows of payments",
        undone="ALTER ROLE tenant_user NOBYPASSRLS",
        administrator=True,
    ),
    "BYPASSRLS granted to the owner": Hole(
        made="ALTER ROLE ledger_owner BYPASSRLS",
        found="the owner reads payments",
        undone="ALTER ROLE ledger_owner NOBYPASSRLS",
        administrator=True,
    ),
    "app made member of owner": Hole(
        made="GRANT ledger_owner TO ledger_app_a",
        found="7 becomes ledger_owner",
        undone="REVOKE ledger_owner FROM ledger_app_a",
        administrator=True,
    ),
    "app inherits from tenant_user": Hole(
        made="ALTER ROLE ledger_app_a INHERIT; GRANT tenant_user TO ledger_app_a",
        found="the login itself reads payments",
        undone="REVOKE tenant_user FROM ledger_app_a; ALTER ROLE ledger_app_a NOINHERIT; GRANT tenant_user TO ledger_app_a",
        administrator=True,
    ),
    "CONNECT to PUBLIC": Hole(
        made="GRANT CONNECT ON DATABASE ledger TO PUBLIC",
        found="another service's login connects",
        undone="REVOKE CONNECT ON DATABASE ledger FROM PUBLIC",
        administrator=True,
    ),
    "view without security_invoker": Hole(
        made="ALTER VIEW large_payments RESET (security_invoker);"
        "CREATE POLICY migration ON payments TO ledger_owner USING (true) WITH CHECK (true)",
        found="7 reads others' rows of large_payments",
        undone="ALTER VIEW large_payments SET (security_invoker = true); DROP POLICY migration ON payments",
    ),
    "materialised view": Hole(
        made="CREATE POLICY migration ON payments TO ledger_owner USING (true);"
        "CREATE MATERIALIZED VIEW totals AS SELECT company_id, sum(amount_cents) FROM payments GROUP BY 1",
        found="7 reads others' rows of totals",
        undone="DROP MATERIALIZED VIEW totals; DROP POLICY migration ON payments",
    ),
    "partition without row-level security": Hole(
        made="ALTER TABLE events_2026 DISABLE ROW LEVEL SECURITY",
        found="7 reads others' rows of events_2026",
        undone="ALTER TABLE events_2026 ENABLE ROW LEVEL SECURITY",
    ),
    "unique key without the company": Hole(
        made="DELETE FROM payments WHERE false; CREATE UNIQUE INDEX hole ON payments (reference) WHERE reference <> 'both have it'",
        found="7 learns of another's reference",
        undone="DROP INDEX hole",
    ),
    "foreign key without the company": Hole(
        made="ALTER TABLE refunds DROP CONSTRAINT refunds_company_id_payment_id_fkey;"
        "ALTER TABLE refunds ADD CONSTRAINT hole FOREIGN KEY (payment_id) REFERENCES payments NOT VALID",
        found="7 learns of payment 3",
        undone="ALTER TABLE refunds DROP CONSTRAINT hole; ALTER TABLE refunds ADD CONSTRAINT refunds_company_id_payment_id_fkey"
        " FOREIGN KEY (company_id, payment_id) REFERENCES payments (company_id, id)",
    ),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Bench]:
    with bench(USUAL, "ledger", "recon") as made:
        furnish(made)
        yield made


@pytest.mark.parametrize("name", sorted(HOLES))
def test_a_hole_is_found(server: Bench, name: str) -> None:
    hole = HOLES[name]

    def change(statements: str) -> None:
        if hole.administrator:
            server.administer(statements)
        else:
            migrate(server, statements)

    change(hole.made)
    try:
        found = asyncio.run(leaks(server, A))
    finally:
        change(hole.undone)
    assert any(each.startswith(hole.found) for each in found), found


def test_nothing_leaks_once_all_holes_are_closed(server: Bench) -> None:
    assert asyncio.run(leaks(server, A, B)) == []
