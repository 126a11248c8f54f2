"""Owners: who owns an object may change or drop its policies."""

from __future__ import annotations

from collections.abc import Iterator

from scripts.audit.finding import Finding
from scripts.audit.rows import quoted
from scripts.audit.subject import Subject

KINDS = {"v": "VIEW", "m": "MATERIALIZED VIEW", "f": "FOREIGN TABLE", "S": "SEQUENCE"}


def judge_owners(subject: Subject) -> Iterator[Finding]:
    """What belongs to a role that tenants use, or to another one than the service's owner."""
    for relation in subject.catalogue.relations:
        kind = KINDS.get(relation.kind, "TABLE")
        yield from _judge(subject, kind, relation.full_name, relation.owner)
    for function in subject.catalogue.functions:
        yield from _judge(subject, "FUNCTION", function.name, function.owner)
    for each in subject.catalogue.ownerships:
        yield from _judge(subject, each.kind.upper(), each.object, each.owner)


def _judge(subject: Subject, kind: str, name: str, owner: str) -> Iterator[Finding]:
    wanted = subject.roles.owner
    if owner == wanted or subject.is_admin(owner) or owner == "pg_database_owner":
        return
    confined = owner in subject.roles.confined
    yield Finding(
        severity="leak" if confined else "risk",
        code="owner",
        object=name if kind in ("TABLE", "FUNCTION", *KINDS.values()) else f"{kind.lower()} {name}",
        problem=f"belongs to {owner}, "
        + (
            "which all tenants share: none of it is one tenant's"
            if kind == "LARGE OBJECT"
            else (
                "which may do with it what it likes"
                if confined
                else f"not to {wanted}: the privileges and policies that {wanted} gives do not hold"
            )
        ),
        way_out=f"ALTER {kind} {name} OWNER TO {quoted(wanted)}",
    )
