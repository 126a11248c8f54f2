"""Privileges beyond those that the platform gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from scripts.audit.finding import Finding, Severity
from scripts.audit.rows import PUBLIC, Grant, quoted
from scripts.audit.subject import Subject, listed

READ: Final = frozenset({"SELECT"})
ROWS: Final = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
WRITES: Final = ROWS - READ
NONE: Final[frozenset[str]] = frozenset()
# What each may have besides the owner; any other privilege of any other role is a finding.
TENANT: Final[Mapping[str, frozenset[str]]] = {
    "table": ROWS,
    "default": ROWS,
    "sequence": frozenset({"USAGE"}),
    "schema": frozenset({"USAGE"}),
}
REPORTS: Final[Mapping[str, frozenset[str]]] = {
    "table": READ,
    "default": READ,
    "column": READ,
    "sequence": READ,
    "schema": frozenset({"USAGE"}),
    "database": frozenset({"CONNECT"}),
}
LOGIN: Final[Mapping[str, frozenset[str]]] = {
    "schema": frozenset({"USAGE"}),
    "database": frozenset({"CONNECT"}),
}
EVERYBODY: Final[Mapping[str, frozenset[str]]] = {"schema": frozenset({"USAGE"})}
CODES: Final[Mapping[str, str]] = {
    "table": "grant",
    "column": "column-grant",
    "sequence": "sequence-grant",
    "schema": "schema-grant",
    "database": "database-grant",
    "default": "default-grant",
    "large object": "large-object",
    "foreign server": "foreign-server",
    "foreign-data wrapper": "foreign-server",
    "parameter": "parameter-grant",
}
WORDS: Final[Mapping[str, str]] = {
    "TRUNCATE": "empties the table for all tenants, whatever the policies say",
    "REFERENCES": "a foreign key of one's own tells which values exist, whatever the policies say",
    "TRIGGER": "a trigger of one's own is run by whoever writes to it, with their rights",
    "CREATE": "objects of one's own may be taken for the service's",
    "TEMPORARY": "temporary tables of one's own are taken for the service's, also by definer functions",
}


def judge_grants(subject: Subject) -> Iterator[Finding]:
    """Privileges on tables, columns, sequences, schemas, the database, large objects and servers; and tables to come."""
    for grant in subject.catalogue.grants:
        if subject.is_admin(grant.grantee):
            continue
        allowed = _allowed(subject, grant.grantee).get(grant.kind, NONE)
        if grant.privilege not in allowed:
            yield _finding(subject, grant)
        elif grant.grantable:
            yield _shown(grant, "risk", "may be passed on by whoever has it (WITH GRANT OPTION)")
        elif _shares_writing(subject, grant):
            yield _shown(grant, "risk", "one tenant writes what all others read", "shared-write")


def _allowed(subject: Subject, grantee: str) -> Mapping[str, frozenset[str]]:
    roles = subject.roles
    if grantee == PUBLIC:
        return EVERYBODY
    if grantee == roles.owner:
        return {
            kind: frozenset({"CREATE", "CONNECT", "TEMPORARY", "USAGE"}) | ROWS for kind in CODES
        }
    if grantee == roles.tenant:
        return TENANT
    if grantee == roles.reports:
        return REPORTS
    if grantee == roles.migrator or grantee in roles.apps:
        return LOGIN
    return {}


def _finding(subject: Subject, grant: Grant) -> Finding:
    confined = grant.grantee in subject.roles.confined
    severity: Severity = "risk"
    why = WORDS.get(grant.privilege, "more than the platform gives")
    if grant.kind in ("table", "default", "column") and grant.privilege in ROWS:
        why = _why_rows(subject, grant)
        if grant.kind == "column" and grant.grantee == subject.roles.tenant:
            severity = "note"
    elif grant.kind == "sequence":
        why = "tells how many rows all tenants have, or sets the number of their next one"
    elif grant.kind == "database" and grant.privilege == "CONNECT":
        why = "only the service's own logins are to get in"
    elif grant.kind == "large object":
        why = "large objects know no policy"
    elif grant.kind in ("foreign server", "foreign-data wrapper"):
        why = "rows of another server know no policy of this one"
    elif grant.kind == "parameter":
        why = "it can switch off checks that isolation rests on"
    if confined and (
        (grant.privilege == "TRUNCATE" and grant.kind == "table") or grant.kind == "large object"
    ):
        severity = "leak"
    return _shown(grant, severity, why)


def _why_rows(subject: Subject, grant: Grant) -> str:
    if grant.grantee in subject.roles.apps:
        return f"an app login has rights by SET ROLE {subject.roles.tenant} alone"
    if grant.grantee == subject.roles.tenant:
        return "a column's own privilege outlives the table's"
    return "more than the platform gives"


def _shares_writing(subject: Subject, grant: Grant) -> bool:
    relation = subject.relations.get(grant.relation)
    return (
        relation is not None
        and grant.kind == "table"
        and grant.privilege in WRITES
        and grant.grantee in subject.roles.confined
        and subject.exemption(relation) is not None
    )


def _shown(grant: Grant, severity: Severity, why: str, code: str = "") -> Finding:
    grantee = listed([grant.grantee])
    place, privilege = grant.object, grant.privilege
    if grant.kind == "column":
        place, _, column = grant.object.rpartition(" (")
        privilege = f"{grant.privilege} ({column}"
    kinds = {
        "table": "",
        "column": "",
        "default": "",
        "foreign server": "FOREIGN SERVER ",
        "foreign-data wrapper": "FOREIGN DATA WRAPPER ",
    }
    target = f"{kinds.get(grant.kind, grant.kind.upper() + ' ')}{place}"
    way_out = f"REVOKE {privilege} ON {target} FROM {quoted(grant.grantee)}"
    if grant.kind == "default":
        owner = grant.object.removeprefix("what ").split(" makes")[0]
        schema = grant.object.partition(" in schema ")[2]
        inside = f" IN SCHEMA {schema}" if schema else ""
        way_out = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner}{inside} REVOKE {grant.privilege} ON TABLES FROM {quoted(grant.grantee)}"
    return Finding(
        severity=severity,
        code=code or CODES[grant.kind],
        object=(
            f"{grant.kind} {grant.object}"
            if grant.kind not in ("table", "column", "default")
            else grant.object
        ),
        problem=f"{grantee} has {grant.privilege}: {why}",
        way_out=way_out,
    )
