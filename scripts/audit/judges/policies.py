"""Policies: whether each lets through one tenant alone, and whether there is one where there should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scripts.audit import isolation
from scripts.audit.finding import Finding, Severity
from scripts.audit.reader import read
from scripts.audit.rows import PUBLIC, Policy, Relation, quoted
from scripts.audit.subject import Subject, listed

COMMANDS: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")
TEMPLATE: Final = "{column} = nullif(current_setting('app.current_tenant', true), '')::int"


def judge_policies(subject: Subject) -> Iterator[Finding]:
    """All policies of all tables that have a tenant's column."""
    for table, column in subject.tenant_tables():
        policies = [each for each in subject.catalogue.policies if each.relation == table.oid]
        for policy in policies:
            yield from _policy(subject, table, column, policy, policies)
        if table.row_security:
            yield from _missing(subject, table, policies)


def _policy(
    subject: Subject, table: Relation, column: str, policy: Policy, others: list[Policy]
) -> Iterator[Finding]:
    name = f"{policy.name} on {table.full_name}"
    if not policy.permissive:
        return  # it can only take away
    roles = subject.roles
    strict = [
        each
        for each in policy.roles
        if each not in (roles.owner, roles.reports) and not subject.is_admin(each)
    ]
    if roles.reports in policy.roles and policy.command != "SELECT":
        yield Finding(
            severity="risk",
            code="reports-policy",
            object=name,
            problem=f"lets {roles.reports} do more than read (FOR {policy.command})",
            way_out=f"make it FOR SELECT TO {quoted(roles.reports)}",
        )
    if not strict:
        return
    template = TEMPLATE.format(column=quoted(column))
    for clause, text in (("USING", policy.using), ("WITH CHECK", policy.check)):
        if text is None or _restricted(column, policy, others, clause):
            continue
        verdict = isolation.judge(read(text), column)
        confined = any(each in roles.confined for each in strict)
        if verdict in ("always", "open"):
            severity: Severity = "leak" if confined else "risk"
            yield Finding(
                severity=severity,
                code="open-policy",
                object=name,
                problem=f"{clause} {text} "
                + (
                    "is true for every row"
                    if verdict == "always"
                    else f"is not shown to hold to one {column}"
                )
                + f", for {listed(strict)}",
                way_out=f"{clause} ({template}); anything else only by AND",
            )
        elif verdict != "isolates":
            yield Finding(
                severity="note",
                code="policy-form",
                object=name,
                problem=f"{clause} {text} "
                + (
                    "is an error without a tenant, not an empty result"
                    if verdict == "raises"
                    else "is another comparison than the template's"
                ),
                way_out=f"{clause} ({template})",
            )
    if policy.check is None and policy.command in ("ALL", "UPDATE"):
        yield Finding(
            severity="risk",
            code="no-check",
            object=name,
            problem=f"no WITH CHECK (FOR {policy.command}): what is written is checked by USING only as long as nobody changes that for reading",
            way_out=f"WITH CHECK ({template})",
        )


def _restricted(column: str, policy: Policy, others: list[Policy], clause: str) -> bool:
    """Whether a restrictive policy holds the same roles to one tenant, whatever this one says."""
    return any(
        not each.permissive
        and each.command in ("ALL", policy.command)
        and (PUBLIC in each.roles or set(policy.roles) <= set(each.roles))
        and _isolates(each, column, clause)
        for each in others
    )


def _isolates(policy: Policy, column: str, clause: str) -> bool:
    text = policy.using if clause == "USING" else policy.check or policy.using
    return text is not None and isolation.judge(read(text), column) in isolation.PROVEN


def _missing(subject: Subject, table: Relation, policies: list[Policy]) -> Iterator[Finding]:
    """Privileges that no policy of the tenant's role lets it use: closed, but hardly meant."""
    tenant = subject.roles.tenant
    if table.parents:
        return  # by way of the parent its policies hold, and nothing should come another way
    granted = {
        each.privilege
        for each in subject.catalogue.grants
        if each.relation == table.oid and each.kind == "table" and each.grantee in (tenant, PUBLIC)
    }
    covered = {
        command
        for each in policies
        if each.permissive and {tenant, PUBLIC} & set(each.roles)
        for command in (COMMANDS if each.command == "ALL" else (each.command,))
    }
    lacking = [command for command in COMMANDS if command in granted - covered]
    if lacking:
        yield Finding(
            severity="note",
            code="no-policy",
            object=table.full_name,
            problem=f"{tenant} may {', '.join(lacking)}, but no policy lets it: it finds no rows, or an error",
            way_out=f"add the policy of the template TO {quoted(tenant)}, or revoke the privileges",
        )
