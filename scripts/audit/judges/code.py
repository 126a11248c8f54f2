"""What runs or reads with somebody else's rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scripts.audit.finding import Finding
from scripts.audit.rows import Function, Relation
from scripts.audit.subject import Subject, listed

TRUE: Final = ("true", "on", "yes", "1")
TRIGGER_STATES: Final = {
    "D": "disabled",
    "R": "run by replication alone",
    "A": "also run by replication",
}


def judge_code(subject: Subject) -> Iterator[Finding]:
    """Views, materialised views, foreign tables, functions, triggers and rules."""
    for relation in subject.catalogue.relations:
        yield from _relation(subject, relation)
    for function in subject.catalogue.functions:
        yield from _function(subject, function)
    yield from _triggers(subject)


def _relation(subject: Subject, relation: Relation) -> Iterator[Finding]:
    name, reached = relation.full_name, subject.confined_among(relation.reached_by)
    by = f"; reached by {listed(reached)}" if reached else "; no app reaches it now"
    if (
        relation.kind == "v"
        and not _security_invoker(relation)
        and subject.exemption(relation) is None
    ):
        yield Finding(
            severity="leak" if reached else "risk",
            code="view",
            object=name,
            problem=f"reads with the rights of {relation.owner}, whom the tenants' policies do not bind{by}",
            way_out=f"ALTER VIEW {name} SET (security_invoker = true), from PostgreSQL 15 on; before, drop it",
        )
    if relation.kind in ("m", "f") and subject.exemption(relation) is None:
        kind = "a materialised view" if relation.kind == "m" else "a foreign table"
        yield Finding(
            severity="leak" if reached else "risk",
            code="materialised-view" if relation.kind == "m" else "foreign-table",
            object=name,
            problem=f"{kind} can have no policy{by}",
            way_out=f"revoke all on it from {', '.join(reached) or 'the tenants'}, and let tenants read a view with security_invoker or a table of its own",
        )


def _security_invoker(view: Relation) -> bool:
    options = dict(each.partition("=")[::2] for each in view.options)
    return options.get("security_invoker", "false").lower() in TRUE


def _function(subject: Subject, function: Function) -> Iterator[Finding]:
    reached = subject.confined_among(function.reached_by)
    if function.definer:
        path = "" if function.search_path else ", with the search_path of its caller"
        ways = [f"called by {listed(reached)}"] if reached else []
        ways += (
            [f"run by triggers of {', '.join(function.trigger_of)}"] if function.trigger_of else []
        )
        yield Finding(
            severity="leak" if reached else "risk",
            code="definer",
            object=function.name,
            problem=f"SECURITY DEFINER: runs as {function.owner}, whom the tenants' policies do not bind{path}; {' and '.join(ways) or 'no app may call it now'}",
            way_out=f"ALTER FUNCTION {function.name} SECURITY INVOKER, or revoke EXECUTE from PUBLIC and the tenants",
        )
    if function.leakproof:
        yield Finding(
            severity="risk",
            code="leakproof",
            object=function.name,
            problem="marked LEAKPROOF: it may be given rows before the policies have sorted them",
            way_out=f"ALTER FUNCTION {function.name} NOT LEAKPROOF",
        )
    if not function.trusted and reached:
        yield Finding(
            severity="risk",
            code="untrusted-language",
            object=function.name,
            problem=f"written in a language that knows no policy; called by {listed(reached)}",
            way_out="revoke EXECUTE from PUBLIC and the tenants, or rewrite it",
        )


def _triggers(subject: Subject) -> Iterator[Finding]:
    tables = {table.oid: table for table, _ in subject.tenant_tables()}
    for each in subject.catalogue.triggers:
        relation = subject.relations.get(each.relation)
        if relation is None:
            continue
        if each.kind == "rule":
            yield Finding(
                severity="risk",
                code="rule",
                object=f"{each.name} on {relation.full_name}",
                problem=f"a rule: what it does is done with the rights of {relation.owner}, not of the tenant",
                way_out=f"DROP RULE, and do it in a trigger without SECURITY DEFINER ({relation.full_name})",
            )
        elif each.relation in tables and each.enabled != "O":
            yield Finding(
                severity="risk" if each.foreign_key else "note",
                code="trigger-state",
                object=f"{each.name} on {relation.full_name}",
                problem=f"{'a foreign key whose check' if each.foreign_key else 'a trigger that'} is {TRIGGER_STATES[each.enabled]}",
                way_out=f"ALTER TABLE {relation.full_name} ENABLE TRIGGER ALL, by a superuser for a foreign key",
            )
