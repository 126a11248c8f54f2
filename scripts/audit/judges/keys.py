"""Keys: PostgreSQL checks them against all rows, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.audit.finding import Finding
from scripts.audit.rows import ForeignKey, quoted
from scripts.audit.subject import Subject


def judge_keys(subject: Subject) -> Iterator[Finding]:
    """Unique keys and foreign keys that do not hold to one tenant.

    A key of nothing but one column whose values PostgreSQL makes up (identity, sequence, random UUID) is none: what it
    tells is that a number is in use.
    """
    tables = {table.oid: (table, column) for table, column in subject.tenant_tables()}
    for key in subject.catalogue.keys:
        if key.relation not in tables:
            continue
        table, column = tables[key.relation]
        columns = subject.columns[table.oid]
        made_up = (
            len(key.columns) == 1
            and key.columns[0] in columns
            and columns[key.columns[0]].generated
        )
        if column in key.columns or made_up:
            continue
        shown = ", ".join(quoted(each) if each else "an expression" for each in key.columns)
        yield Finding(
            severity="risk",
            code="unique-key",
            object=f"{key.name} on {table.full_name}",
            problem=f"unique over all tenants ({shown}): a refused row tells that somebody else has the value",
            way_out=f"make it unique on ({quoted(column)}, {shown})",
        )
    for foreign in subject.catalogue.foreign_keys:
        if foreign.relation in tables and foreign.referenced in tables:
            yield from _foreign_key(
                subject, foreign, tables[foreign.relation][1], tables[foreign.referenced][1]
            )


def _foreign_key(
    subject: Subject, foreign: ForeignKey, own: str, referenced: str
) -> Iterator[Finding]:
    pairs = zip(foreign.columns, foreign.referenced_columns, strict=True)
    if (own, referenced) in pairs:
        return
    table = subject.relations[foreign.relation].full_name
    other = subject.relations[foreign.referenced].full_name
    yield Finding(
        severity="leak" if foreign.changes else "risk",
        code="foreign-key",
        object=f"{foreign.name} on {table}",
        problem=f"refers to {other} without the tenant: a row may refer to another tenant's, and its acceptance tells that it exists"
        + ("; a change there changes or deletes rows of others here" if foreign.changes else ""),
        way_out=(
            f"FOREIGN KEY ({', '.join(map(quoted, (own, *foreign.columns)))}) REFERENCES {other}"
            f" ({', '.join(map(quoted, (referenced, *foreign.referenced_columns)))}), which needs a unique key there"
        ),
    )
