"""Roles: their attributes and settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scripts.audit.finding import Finding, Severity
from scripts.audit.isolation import SETTING
from scripts.audit.rows import Role, Setting, quoted
from scripts.audit.subject import Subject

BYPASS: Final = ("SUPERUSER", "BYPASSRLS", "REPLICATION")
WHY: Final = {
    "SUPERUSER": "no policy binds it, forced or not",
    "BYPASSRLS": "no policy binds it, forced or not",
    "REPLICATION": "it reads the changes of all tenants from the log",
    "CREATEROLE": "it may make itself a member of others",
    "CREATEDB": "it may make databases without the platform's privileges",
}
OFF: Final = ("off", "false", "no", "0")


def judge_roles(subject: Subject) -> Iterator[Finding]:
    """Roles that policies do not bind, or that may log in and must not; settings that sessions begin with."""
    for role in subject.catalogue.roles:
        yield from _attributes(subject, role)
    for setting in subject.catalogue.settings:
        yield from _setting(subject, setting)
    if subject.catalogue.server.tenant is not None:
        yield _tenant_by_default(
            "every session", subject.catalogue.server.tenant, "the server's configuration"
        )


def _attributes(subject: Subject, role: Role) -> Iterator[Finding]:
    named = role.name in subject.roles.named
    if subject.is_admin(role.name) and not named:
        return
    for attribute in role.attributes:
        if not named and attribute not in ("SUPERUSER", "BYPASSRLS"):
            continue
        yield Finding(
            severity="leak" if named and attribute in BYPASS else "risk",
            code="attribute",
            object=f"role {role.name}",
            problem=f"has {attribute}: {WHY[attribute]}",
            way_out=f"ALTER ROLE {quoted(role.name)} NO{attribute}, by a superuser"
            + ("" if named else f"; if it is meant: --administrator {role.name}"),
        )
    if role.login and role.name in (subject.roles.owner, subject.roles.tenant):
        yield Finding(
            severity="risk",
            code="login",
            object=f"role {role.name}",
            problem="may log in, and is meant to be reached by SET ROLE alone",
            way_out=f"ALTER ROLE {quoted(role.name)} NOLOGIN PASSWORD NULL",
        )


def _setting(subject: Subject, setting: Setting) -> Iterator[Finding]:
    # A role of another service, and one that is trusted, are nobody's tenants.
    if setting.role and (setting.role not in subject.roles.named):
        return
    place = " in ".join(
        each
        for each in (
            setting.role and f"role {setting.role}",
            setting.database and f"database {setting.database}",
        )
        if each
    )
    reset = (
        f"ALTER {'ROLE ' + quoted(setting.role) if setting.role else 'DATABASE ' + quoted(setting.database)}"
        + (f" IN DATABASE {quoted(setting.database)}" if setting.role and setting.database else "")
        + f" RESET {setting.name}"
        if place
        else f"set {setting.name} to its default in the server's parameters"
    )
    if setting.name == SETTING and setting.value:
        yield _tenant_by_default(place, setting.value, reset)
        return
    confined = not setting.role or setting.role in subject.roles.confined
    found: tuple[Severity, str] | None = None
    match setting.name, setting.value.lower():
        case "row_security", value if value in OFF:
            found = "note", "a query that policies would narrow is an error"
        case "session_replication_role", "replica":
            found = "risk", "no foreign key is checked and no trigger run"
        case "lo_compat_privileges", value if value not in OFF:
            found = "leak", "large objects are open to everybody"
        case "role", value if confined and value not in ("none", subject.roles.tenant):
            found = (
                "leak" if value == subject.roles.owner else "risk"
            ), "sessions begin as another role than the tenants'"
    if found:
        yield Finding(
            severity=found[0],
            code="setting",
            object=place or "server",
            problem=f"begins with {setting.name} = {setting.value}: {found[1]}",
            way_out=reset,
        )


def _tenant_by_default(place: str, value: str, reset: str) -> Finding:
    return Finding(
        severity="leak",
        code="default-tenant",
        object=place,
        problem=f"begins as tenant {value}: whoever forgets to set the tenant sees that one's rows",
        way_out=reset,
    )
