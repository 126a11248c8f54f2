"""Ways around tenant isolation, each made by a statement, and what exactly must be found after it."""

from __future__ import annotations

from typing import NamedTuple

OWN = "nullif(current_setting('app.current_tenant', true), '')::int"
POLICY = "DROP POLICY tenant ON payments; CREATE POLICY tenant ON payments {} TO tenant_user "
VIEW = "CREATE VIEW all_payments AS SELECT * FROM payments; ALTER VIEW all_payments OWNER TO ledger_owner;"
FUNCTION = "CREATE FUNCTION total() RETURNS bigint {} AS 'SELECT count(*) FROM ledger.payments' LANGUAGE sql; ALTER FUNCTION total() OWNER TO ledger_owner; REVOKE EXECUTE ON FUNCTION total() FROM PUBLIC;"


class Mutation(NamedTuple):
    """`found`: severity, code and object of all findings; `since` and `until` are major versions."""

    sql: str
    found: frozenset[tuple[str, str, str]]
    since: int = 14
    until: int = 99


def _one(
    sql: str, severity: str, code: str, what: str, since: int = 14, until: int = 99
) -> Mutation:
    return Mutation(sql, frozenset({(severity, code, what)}), since, until)


def _open(condition: str, severity: str = "leak", code: str = "open-policy") -> Mutation:
    sql = POLICY.format("") + f"USING ({condition}) WITH CHECK (company_id = {OWN})"
    return _one(sql, severity, code, "tenant on ledger.payments")


PAYMENTS, TENANT_POLICY = "ledger.payments", "tenant on ledger.payments"
MUTATIONS: dict[str, Mutation] = {
    # tables
    "force dropped": _one(
        "ALTER TABLE payments NO FORCE ROW LEVEL SECURITY", "risk", "no-force", PAYMENTS
    ),
    "rls off": _one("ALTER TABLE payments DISABLE ROW LEVEL SECURITY", "leak", "no-rls", PAYMENTS),
    "rls off where no app comes": _one(
        "REVOKE ALL ON payments FROM tenant_user; ALTER TABLE payments DISABLE ROW LEVEL SECURITY",
        "risk",
        "no-rls",
        PAYMENTS,
    ),
    "partition without rls": _one(
        "GRANT SELECT ON entries_2026 TO tenant_user; ALTER TABLE entries_2026 DISABLE ROW LEVEL SECURITY",
        "leak",
        "partition",
        "ledger.entries_2026",
    ),
    "new partition": _one(
        "SET ROLE ledger_owner; CREATE TABLE entries_2027 PARTITION OF entries FOR VALUES FROM ('2027-01-01') TO ('2028-01-01'); RESET ROLE",
        "leak",
        "partition",
        "ledger.entries_2027",
    ),
    "inheritance child": _one(
        "SET ROLE ledger_owner; CREATE TABLE old_payments () INHERITS (payments); RESET ROLE",
        "leak",
        "partition",
        "ledger.old_payments",
    ),
    "child of a table with another column": _one(
        "SET ROLE ledger_owner; CREATE TABLE old_invoices () INHERITS (invoices); RESET ROLE",
        "leak",
        "partition",
        "ledger.old_invoices",
    ),
    "table without a tenant": _one(
        "SET ROLE ledger_owner; CREATE TABLE secrets (value text); RESET ROLE",
        "leak",
        "no-tenant-column",
        "ledger.secrets",
    ),
    "tenant may be null": _one(
        "ALTER TABLE payments ALTER company_id DROP NOT NULL", "risk", "nullable", PAYMENTS
    ),
    # policies
    "using true": _open("true"),
    "or true": _open(f"company_id = {OWN} OR true"),
    "is not null or true": _open("current_setting('app.current_tenant', true) IS NOT NULL OR true"),
    "one is one": _open(f"company_id = {OWN} OR 1 = 1"),
    "column is itself": _open("company_id = company_id"),
    "null or not": _open("amount IS NULL OR amount IS NOT NULL"),
    "not false": _open("NOT false"),
    "another column may do": _open(f"company_id = {OWN} OR currency = 'EUR'"),
    "all when there is none": _open(f"company_id = coalesce({OWN}, company_id)"),
    "greater": _open(f"company_id >= {OWN}"),
    "another column": _open(f"amount = {OWN}"),
    "another setting": _open("company_id = nullif(current_setting('app.tenant', true), '')::int"),
    "negated": _open(f"NOT (company_id = {OWN})"),
    "in a case": _open(f"CASE WHEN company_id = {OWN} THEN true ELSE true END"),
    "setting is set": _open("current_setting('app.current_tenant', true) <> ''"),
    "namesake of a function": Mutation(
        "CREATE FUNCTION current_setting(text, bool, int DEFAULT 0) RETURNS text LANGUAGE sql AS $$ SELECT '42' $$;"
        "ALTER FUNCTION current_setting(text, bool, int) OWNER TO ledger_owner;"
        + POLICY.format("")
        + "USING (company_id = nullif(ledger.current_setting('app.current_tenant', true, 1), '')::int)"
        + f" WITH CHECK (company_id = {OWN})",
        frozenset({("leak", "open-policy", TENANT_POLICY)}),
    ),
    "an error without a tenant": _open(
        "company_id = current_setting('app.current_tenant')::int", "note", "policy-form"
    ),
    "compared as text": _open(
        "company_id::text = current_setting('app.current_tenant', true)", "note", "policy-form"
    ),
    "no with check": _one(
        POLICY.format("") + f"USING (company_id = {OWN})", "risk", "no-check", TENANT_POLICY
    ),
    "with check true": _one(
        POLICY.format("") + f"USING (company_id = {OWN}) WITH CHECK (true)",
        "leak",
        "open-policy",
        TENANT_POLICY,
    ),
    "one more policy": _one(
        "CREATE POLICY support ON payments FOR SELECT USING (amount > 0)",
        "leak",
        "open-policy",
        "support on ledger.payments",
    ),
    "policy for an app": _one(
        "CREATE POLICY app ON payments FOR SELECT TO ledger_app_a USING (true)",
        "leak",
        "open-policy",
        "app on ledger.payments",
    ),
    "policy for a stranger": _one(
        "CREATE ROLE stranger; CREATE POLICY s ON payments FOR SELECT TO stranger USING (true)",
        "risk",
        "open-policy",
        "s on ledger.payments",
    ),
    "reports may write": _one(
        "DROP POLICY reports ON payments; CREATE POLICY reports ON payments TO ledger_reports USING (true)",
        "risk",
        "reports-policy",
        "reports on ledger.payments",
    ),
    "no policy": _one("DROP POLICY tenant ON payments", "note", "no-policy", PAYMENTS),
    "no policy to write": _one(
        POLICY.format("FOR SELECT") + f"USING (company_id = {OWN})", "note", "no-policy", PAYMENTS
    ),
    # code
    "view without invoker": _one(
        VIEW + "GRANT SELECT ON all_payments TO tenant_user", "leak", "view", "ledger.all_payments"
    ),
    "view that no app reaches": _one(VIEW, "risk", "view", "ledger.all_payments"),
    "invoker switched off": _one(
        "ALTER VIEW large_payments SET (security_invoker = off)",
        "leak",
        "view",
        "ledger.large_payments",
        15,
    ),
    "materialised view": _one(
        "SET ROLE ledger_owner; CREATE MATERIALIZED VIEW sums AS SELECT company_id, sum(amount) FROM payments GROUP BY 1; RESET ROLE",
        "leak",
        "materialised-view",
        "ledger.sums",
    ),
    "definer": _one(
        FUNCTION.format("SECURITY DEFINER") + "GRANT EXECUTE ON FUNCTION total() TO tenant_user",
        "leak",
        "definer",
        "ledger.total()",
    ),
    "definer of everybody": _one(
        FUNCTION.format("SECURITY DEFINER") + "GRANT EXECUTE ON FUNCTION total() TO PUBLIC",
        "leak",
        "definer",
        "ledger.total()",
    ),
    "definer in a trigger": _one(
        "ALTER FUNCTION touch() SECURITY DEFINER; REVOKE EXECUTE ON FUNCTION touch() FROM tenant_user",
        "risk",
        "definer",
        "ledger.touch()",
    ),
    "leakproof": _one(FUNCTION.format("LEAKPROOF"), "risk", "leakproof", "ledger.total()"),
    "language that knows no policy": _one(
        "CREATE FUNCTION clock() RETURNS timestamptz LANGUAGE internal AS 'now'; ALTER FUNCTION clock() OWNER TO ledger_owner;"
        "REVOKE EXECUTE ON FUNCTION clock() FROM PUBLIC; GRANT EXECUTE ON FUNCTION clock() TO tenant_user",
        "risk",
        "untrusted-language",
        "ledger.clock()",
    ),
    "rule": _one(
        "CREATE RULE copy AS ON INSERT TO payments DO ALSO DELETE FROM refunds",
        "risk",
        "rule",
        "copy on ledger.payments",
    ),
    "trigger off": _one(
        "ALTER TABLE payments DISABLE TRIGGER touch",
        "note",
        "trigger-state",
        "touch on ledger.payments",
    ),
    # keys
    "unique over all": _one(
        "CREATE UNIQUE INDEX reference ON payments (reference)",
        "risk",
        "unique-key",
        "reference on ledger.payments",
    ),
    "tenant only included": _one(
        "CREATE UNIQUE INDEX reference ON payments (reference) INCLUDE (company_id)",
        "risk",
        "unique-key",
        "reference on ledger.payments",
    ),
    "unique expression": _one(
        "CREATE UNIQUE INDEX reference ON payments (lower(reference))",
        "risk",
        "unique-key",
        "reference on ledger.payments",
    ),
    "primary key of one's own choice": _one(
        "CREATE TABLE notes (id text PRIMARY KEY, company_id int NOT NULL); ALTER TABLE notes OWNER TO ledger_owner; "
        "ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "risk",
        "unique-key",
        "notes_pkey on ledger.notes",
    ),
    "foreign key": _one(
        "ALTER TABLE refunds ADD CONSTRAINT plain FOREIGN KEY (payment_id) REFERENCES payments (id)",
        "risk",
        "foreign-key",
        "plain on ledger.refunds",
    ),
    "foreign key that deletes": _one(
        "ALTER TABLE refunds ADD CONSTRAINT plain FOREIGN KEY (payment_id) REFERENCES payments (id) ON DELETE CASCADE",
        "leak",
        "foreign-key",
        "plain on ledger.refunds",
    ),
    # privileges
    "truncate": _one("GRANT TRUNCATE ON payments TO tenant_user", "leak", "grant", PAYMENTS),
    "references": _one("GRANT REFERENCES ON payments TO tenant_user", "risk", "grant", PAYMENTS),
    "trigger": _one("GRANT TRIGGER ON payments TO tenant_user", "risk", "grant", PAYMENTS),
    "maintain": _one("GRANT MAINTAIN ON payments TO tenant_user", "risk", "grant", PAYMENTS, 17),
    "table to public": _one("GRANT SELECT ON payments TO PUBLIC", "risk", "grant", PAYMENTS),
    "table to an app": _one("GRANT SELECT ON payments TO ledger_app_a", "risk", "grant", PAYMENTS),
    "grant option": _one(
        "GRANT SELECT ON payments TO tenant_user WITH GRANT OPTION", "risk", "grant", PAYMENTS
    ),
    "column to an app": _one(
        "GRANT SELECT (amount) ON payments TO ledger_app_b",
        "risk",
        "column-grant",
        "ledger.payments (amount)",
    ),
    "column reference": _one(
        "GRANT REFERENCES (id) ON payments TO tenant_user",
        "risk",
        "column-grant",
        "ledger.payments (id)",
    ),
    "shared table written": _one(
        "GRANT INSERT ON currencies TO tenant_user", "risk", "shared-write", "ledger.currencies"
    ),
    "sequence": _one(
        "GRANT SELECT ON SEQUENCE refunds_id_seq TO tenant_user",
        "risk",
        "sequence-grant",
        "sequence ledger.refunds_id_seq",
    ),
    "tables to come": _one(
        "ALTER DEFAULT PRIVILEGES FOR ROLE ledger_owner IN SCHEMA ledger GRANT TRUNCATE ON TABLES TO tenant_user",
        "risk",
        "default-grant",
        "what ledger_owner makes in schema ledger",
    ),
    "create in public": _one(
        "GRANT CREATE ON SCHEMA public TO PUBLIC", "risk", "schema-grant", "schema public"
    ),
    "create in the schema": _one(
        "GRANT CREATE ON SCHEMA ledger TO tenant_user", "risk", "schema-grant", "schema ledger"
    ),
    "connect": _one(
        "GRANT CONNECT ON DATABASE ledger TO PUBLIC", "risk", "database-grant", "database ledger"
    ),
    "temporary tables": _one(
        "GRANT TEMPORARY ON DATABASE ledger TO ledger_app_a",
        "risk",
        "database-grant",
        "database ledger",
    ),
    "connect of another login": _one(
        "CREATE ROLE stranger; GRANT CONNECT ON DATABASE ledger TO stranger",
        "risk",
        "database-grant",
        "database ledger",
    ),
    "another database": _one(
        "GRANT CONNECT ON DATABASE postgres TO PUBLIC",
        "note",
        "other-database",
        "database postgres",
    ),
    "parameter": _one(
        "GRANT SET ON PARAMETER session_replication_role TO tenant_user",
        "risk",
        "parameter-grant",
        "parameter session_replication_role",
        15,
    ),
    # owners
    "owned by the tenants": Mutation(
        "ALTER TABLE payments OWNER TO tenant_user",
        frozenset({("leak", "owner", PAYMENTS), ("leak", "owner", "ledger.payments_id_seq")}),
    ),
    "database of an app": Mutation(
        "ALTER DATABASE ledger OWNER TO ledger_app_a",
        frozenset(
            {("leak", "owner", "database ledger"), ("risk", "stranger", "role turnstay_master")}
        ),
    ),
    "owned by the migrator": _one(
        "ALTER TABLE currencies OWNER TO ledger_migrator", "risk", "owner", "ledger.currencies"
    ),
    "schema of an app": _one(
        "ALTER SCHEMA ledger OWNER TO ledger_app_a", "leak", "owner", "schema ledger"
    ),
    "large object": _one(
        "SET ROLE tenant_user; SELECT lo_create(4711); RESET ROLE",
        "leak",
        "owner",
        "large object 4711",
    ),
    "large object for all": _one(
        "SELECT lo_create(4711); ALTER LARGE OBJECT 4711 OWNER TO ledger_owner; GRANT SELECT ON LARGE OBJECT 4711 TO PUBLIC",
        "leak",
        "large-object",
        "large object 4711",
    ),
    # roles
    "bypassrls": _one("ALTER ROLE tenant_user BYPASSRLS", "leak", "attribute", "role tenant_user"),
    "superuser": _one(
        "ALTER ROLE ledger_app_a SUPERUSER", "leak", "attribute", "role ledger_app_a"
    ),
    "replication": _one(
        "ALTER ROLE ledger_app_b REPLICATION", "leak", "attribute", "role ledger_app_b"
    ),
    "createrole": _one(
        "ALTER ROLE ledger_app_b CREATEROLE", "risk", "attribute", "role ledger_app_b"
    ),
    "another who bypasses": _one(
        "CREATE ROLE support LOGIN BYPASSRLS", "risk", "attribute", "role support"
    ),
    "tenants log in": _one("ALTER ROLE tenant_user LOGIN", "risk", "login", "role tenant_user"),
    "app is owner": _one(
        "GRANT ledger_owner TO ledger_app_a", "leak", "member", "role ledger_app_a"
    ),
    "app is owner by two steps": Mutation(
        "CREATE ROLE team; GRANT ledger_owner TO team; GRANT team TO ledger_app_a",
        frozenset(
            {
                ("risk", "member", "role ledger_app_a"),
                ("leak", "member", "role ledger_app_a"),
                ("risk", "stranger", "role team"),
            }
        ),
    ),
    "tenants are reports": _one(
        "GRANT ledger_reports TO tenant_user", "leak", "member", "role tenant_user"
    ),
    "app reads all data": _one(
        "GRANT pg_read_all_data TO ledger_app_b", "risk", "member", "role ledger_app_b"
    ),
    "app runs programs": _one(
        "GRANT pg_execute_server_program TO ledger_app_b", "leak", "member", "role ledger_app_b"
    ),
    "app may grant itself": Mutation(
        "GRANT ledger_owner TO ledger_app_a WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
        frozenset({("leak", "member", "role ledger_app_a")}),
        16,
    ),
    "app may grant tenants": _one(
        "GRANT tenant_user TO ledger_app_a WITH ADMIN OPTION", "risk", "member", "role ledger_app_a"
    ),
    "app inherits": _one(
        "GRANT tenant_user TO ledger_app_a WITH INHERIT TRUE",
        "risk",
        "inherits",
        "role ledger_app_a",
        16,
    ),
    "app inherits by attribute": _one(
        "ALTER ROLE ledger_app_a INHERIT", "risk", "inherits", "role ledger_app_a", 14, 15
    ),
    "a stranger owns": _one(
        "CREATE ROLE stranger LOGIN; GRANT ledger_owner TO stranger",
        "risk",
        "stranger",
        "role stranger",
    ),
    # settings
    "tenant by default": _one(
        "ALTER ROLE ledger_app_a SET app.current_tenant = '42'",
        "leak",
        "default-tenant",
        "role ledger_app_a",
    ),
    "tenant of the database": _one(
        "ALTER DATABASE ledger SET app.current_tenant = '42'",
        "leak",
        "default-tenant",
        "database ledger",
    ),
    "row_security": _one(
        "ALTER ROLE ledger_app_a SET row_security = off", "note", "setting", "role ledger_app_a"
    ),
    "replica": _one(
        "ALTER ROLE ledger_app_b SET session_replication_role = replica",
        "risk",
        "setting",
        "role ledger_app_b",
    ),
    "begins as owner": _one(
        "ALTER ROLE ledger_app_a SET role = 'ledger_owner'", "leak", "setting", "role ledger_app_a"
    ),
    # ways out
    "dblink": _one(
        "CREATE EXTENSION dblink SCHEMA public", "risk", "extension", "extension dblink"
    ),
    "publication": _one(
        "CREATE PUBLICATION all_rows FOR ALL TABLES", "risk", "publication", "publication all_rows"
    ),
    "subscription": _one(
        "CREATE SUBSCRIPTION sub CONNECTION 'host=127.0.0.1' PUBLICATION p WITH (connect = false)",
        "risk",
        "subscription",
        "subscription sub",
    ),
    "foreign table": Mutation(
        "CREATE EXTENSION postgres_fdw SCHEMA public; CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw;"
        "CREATE FOREIGN TABLE elsewhere (company_id int) SERVER other; ALTER FOREIGN TABLE elsewhere OWNER TO ledger_owner;"
        "GRANT SELECT ON elsewhere TO tenant_user; GRANT USAGE ON FOREIGN SERVER other TO tenant_user;"
        "CREATE USER MAPPING FOR PUBLIC SERVER other",
        frozenset(
            {
                ("risk", "extension", "extension postgres_fdw"),
                ("leak", "foreign-table", "ledger.elsewhere"),
                ("risk", "foreign-server", "foreign server other"),
                ("risk", "user-mapping", "user mapping other"),
            }
        ),
    ),
}
# What must be found on every version there is; the rest is looked at on one.
EVERYWHERE = (
    "app inherits",
    "app inherits by attribute",
    "app is owner",
    "bypassrls",
    "connect",
    "force dropped",
    "is not null or true",
    "new partition",
    "no with check",
    "using true",
    "view without invoker",
)
