"""Memberships: which role can become which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scripts.audit.finding import Finding, Severity
from scripts.audit.rows import Membership, quoted
from scripts.audit.subject import Subject

# Predefined roles that reach the server's files or programs, and so all rows; RDS's own administrators.
MIGHTY: Final = frozenset(
    {
        "pg_execute_server_program",
        "pg_read_server_files",
        "pg_write_server_files",
        "pg_create_subscription",
        "rds_superuser",
        "rds_replication",
    }
)


def judge_memberships(subject: Subject) -> Iterator[Finding]:
    """Every role that an app, the tenants' role or the reports can become; everybody who can become these or the owner."""
    for start in sorted({subject.roles.tenant, *subject.roles.apps, subject.roles.reports}):
        yield from _reached_from(subject, start)
    for edge in subject.catalogue.memberships:
        yield from _stranger(subject, edge)
        if (
            edge.role == subject.roles.tenant
            and edge.member in subject.roles.apps
            and edge.inherits
        ):
            yield Finding(
                severity="risk",
                code="inherits",
                object=f"role {edge.member}",
                problem=f"has the rights of {edge.role} without SET ROLE: a session that never binds itself works all the same",
                way_out=f"ALTER ROLE {quoted(edge.member)} NOINHERIT and grant {quoted(edge.role)} again (from PostgreSQL 16 on: WITH INHERIT FALSE)",
            )


def _reached_from(subject: Subject, start: str) -> Iterator[Finding]:
    """Follow the memberships; the first way to each role is the shortest."""
    ways: dict[str, list[Membership]] = {start: []}
    queue = [start]
    while queue:
        member = queue.pop(0)
        for edge in subject.catalogue.memberships:
            if (
                edge.member != member
                or edge.role in ways
                or not (edge.sets or edge.inherits or edge.admin)
            ):
                continue
            ways[edge.role] = [*ways[member], edge]
            meant = (
                edge.role == subject.roles.tenant
                and start in subject.roles.apps
                and member == start
            )
            if meant:
                if edge.admin:
                    yield _finding(subject, start, ways[edge.role], "risk")
                continue  # where tenant_user itself leads is told once, of tenant_user
            queue.append(edge.role)
            yield _finding(subject, start, ways[edge.role], _severity(subject, start, edge.role))


def _severity(subject: Subject, start: str, role: str) -> Severity:
    roles = subject.roles
    if start == roles.reports and role == roles.tenant:
        return "risk"
    account = subject.accounts.get(role)
    strong = account is not None and {"SUPERUSER", "BYPASSRLS", "CREATEROLE"} & set(
        account.attributes
    )
    mighty = role in MIGHTY or role in (roles.owner, roles.migrator, roles.reports)
    return "leak" if strong or mighty or subject.is_admin(role) else "risk"


def _finding(subject: Subject, start: str, way: list[Membership], severity: Severity) -> Finding:
    means = ", then ".join(f"{_means(edge)} {edge.role}" for edge in way)
    last = way[-1]
    admin = " ADMIN OPTION FOR" if last.role == subject.roles.tenant and last.admin else ""
    return Finding(
        severity=severity,
        code="member",
        object=f"role {start}",
        problem=f"can become {last.role}: {means}",
        way_out=f"REVOKE{admin} {quoted(last.role)} FROM {quoted(last.member)}",
    )


def _means(edge: Membership) -> str:
    if edge.inherits:
        return "has the rights of"
    return "may SET ROLE" if edge.sets else "may grant itself (ADMIN OPTION)"


def _stranger(subject: Subject, edge: Membership) -> Iterator[Finding]:
    """Somebody else who is a member of a role of the service."""
    roles = subject.roles
    meant = {
        roles.owner: {roles.migrator},
        roles.tenant: {*roles.apps},
        roles.migrator: set[str](),
        **{app: set[str]() for app in roles.apps},
    }
    if edge.role not in meant or edge.member in meant[edge.role]:
        return
    # Those are followed from the start, above.
    followed = {roles.tenant, *roles.apps, roles.reports}
    if edge.member in followed or subject.is_admin(edge.member):
        return
    if roles.tenant == edge.role and edge.member.endswith(("_app_a", "_app_b")):
        return  # another service's login: tenant_user is the server's, CONNECT keeps it out
    yield Finding(
        severity="risk",
        code="stranger",
        object=f"role {edge.member}",
        problem=f"is a member of {edge.role} ({_means(edge)} it), which is no login of the service",
        way_out=f"REVOKE {quoted(edge.role)} FROM {quoted(edge.member)}; if it is meant: --administrator {edge.member}",
    )
