"""All that a run may write."""

# ruff: noqa: S608 - statements of the test's own making
from __future__ import annotations

import json
from typing import Any

from tests.database.bench import Bench


def catalog(server: Bench, service: str, *ignored: str) -> dict[str, Any]:
    """Every row that a run may write, with the transaction that wrote it, without some columns."""
    shared = {
        "authid": "pg_authid",
        "members": "pg_auth_members",
        "settings": "pg_db_role_setting",
        "comments": "pg_shdescription",
        "databases": "(SELECT xmin, oid, datname, datdba, datacl, datconnlimit FROM pg_database)",
    }
    own = {
        "schemas": "(SELECT xmin, * FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)')",
        "defaults": "pg_default_acl",
        "classes": "(SELECT xmin, relname, relowner, relkind,"
        " coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::\"char\", relowner)) AS relacl, relnamespace FROM pg_class"
        " WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'))",
        "routines": "(SELECT xmin, proname, proowner, proacl FROM pg_proc"
        " WHERE pronamespace IN (SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'))",
    }
    script = ""
    for database, tables in (("postgres", shared), (service, own)):
        script += f"\\connect {database}\n" + "".join(
            f"SELECT '{name}', coalesce(jsonb_agg(row ORDER BY row), '[]') FROM ("
            f"SELECT (to_jsonb(t) || jsonb_build_object('xmin', t.xmin::text)) - '{{{','.join(ignored)}}}'::text[] AS row"
            f" FROM {table} AS t) AS rows;\n"
            for name, table in tables.items()
        )
    lines = (line.partition("|") for line in server.administer(script).splitlines())
    return {name: _sorted(json.loads(rows)) for name, _, rows in lines}


def _sorted(value: Any) -> Any:
    """The same with every list in order: PostgreSQL appends to a list of privileges or settings what comes back."""
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    return sorted(map(_sorted, value), key=str) if isinstance(value, list) else value
