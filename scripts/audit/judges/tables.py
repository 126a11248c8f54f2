"""Tables: whether the policies apply to them at all."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.audit.finding import Finding, Severity
from scripts.audit.rows import Relation, quoted
from scripts.audit.subject import Subject, listed


def judge_tables(subject: Subject) -> Iterator[Finding]:
    """Tables without row-level security, without FORCE, without a tenant's column, or whose column may be empty."""
    for table in subject.catalogue.relations:
        if not table.is_table:
            continue
        column = subject.tenant_column(table)
        if column is None:
            yield from _without_column(subject, table)
            continue
        yield from _security(subject, table)
        if not subject.columns[table.oid][column].not_null:
            yield Finding(
                severity="risk",
                code="nullable",
                object=table.full_name,
                problem=f"{column} may be NULL: such a row is nobody's, and no composite foreign key of it is checked",
                way_out=f"give the rows a tenant, then ALTER TABLE {table.full_name} ALTER {quoted(column)} SET NOT NULL",
            )


def _security(subject: Subject, table: Relation) -> Iterator[Finding]:
    reached = subject.confined_among(table.reached_by)
    severity: Severity = "leak" if reached else "risk"
    by = f"; reached by {listed(reached)}" if reached else "; no app reaches it now"
    if not table.row_security:
        part = bool(table.parents)
        yield Finding(
            severity=severity,
            code="partition" if part else "no-rls",
            object=table.full_name,
            problem=(
                "a partition or child without row-level security, which its parent's policies do not cover"
                if part
                else "row-level security is off"
            )
            + by,
            way_out=f"ALTER TABLE {table.full_name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
            + ("" if part else ", with the policy of the template"),
        )
    elif not table.forced:
        yield Finding(
            severity="risk",
            code="no-force",
            object=table.full_name,
            problem=f"row-level security is not forced: {table.owner}, its views and its definer functions see all tenants",
            way_out=f"ALTER TABLE {table.full_name} FORCE ROW LEVEL SECURITY",
        )


def _without_column(subject: Subject, table: Relation) -> Iterator[Finding]:
    """A table that nobody reaches (alembic_version) or that is meant to be shared is no finding."""
    reached = subject.confined_among(table.reached_by)
    if reached and subject.exemption(table) is None:
        yield Finding(
            severity="leak",
            code="no-tenant-column",
            object=table.full_name,
            problem=f"no column says whose a row is; reached by {listed(reached)}",
            way_out=(
                f"add {subject.expected.column} with the policy of the template, or revoke the privileges; if its column"
                f" has another name: --tenant-column {table.name}=COLUMN, if all share it: --exempt {table.name}=REASON"
            ),
        )
