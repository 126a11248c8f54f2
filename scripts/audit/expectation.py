"""What is meant to be so: the roles of the service, the tenant's column of each table, the tables that all may share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from scripts.audit.catalogue import Catalogue
from scripts.audit.errors import AuditError
from scripts.audit.rows import PUBLIC, Relation

TENANT_ROLE: Final = "tenant_user"
DEFAULT_COLUMN: Final = "company_id"
KNOWN_COLUMNS: Final[Mapping[str, str]] = {"companies": "id"}


@dataclass(frozen=True, kw_only=True)
class Roles:
    """Who is who. `administrators` are trusted with everything, as the master user of the server."""

    owner: str
    migrator: str
    apps: tuple[str, ...]
    reports: str
    tenant: str = TENANT_ROLE
    administrators: frozenset[str] = frozenset()

    @classmethod
    def of_service(cls, service: str, tenant: str, administrators: frozenset[str]) -> Roles:
        """The names that the platform gives."""
        return cls(
            owner=f"{service}_owner",
            migrator=f"{service}_migrator",
            apps=(f"{service}_app_a", f"{service}_app_b"),
            reports=f"{service}_reports",
            tenant=tenant,
            administrators=administrators,
        )

    @property
    def confined(self) -> frozenset[str]:
        """Who must never see more than one tenant."""
        return frozenset({self.tenant, *self.apps, PUBLIC})

    @property
    def named(self) -> tuple[str, ...]:
        """All roles of the service."""
        return (self.owner, self.migrator, *self.apps, self.reports, self.tenant)


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What the operator says of a database. Tables are named with or without their schema."""

    roles: Roles
    column: str = DEFAULT_COLUMN
    columns: Mapping[str, str] = field(default_factory=dict)
    exempt: Mapping[str, str] = field(default_factory=dict)


def check_expectation(expected: Expectation, catalogue: Catalogue) -> None:
    """Refuse what the database has not: an audit of the wrong names would find nothing wrong. All mistakes at once."""
    existing = {role.name for role in catalogue.roles}
    roles = expected.roles
    needed = (roles.owner, roles.migrator, *roles.apps, roles.tenant, *sorted(roles.administrators))
    services = sorted(
        name.removesuffix("_owner")
        for name in existing
        if name.endswith("_owner") and not name.startswith("pg_")
    )
    problems = [
        f"there is no role {name} on this server; --service names the service (here are: {', '.join(services) or 'none'})"
        for name in needed
        if name not in existing
    ]
    tables = [each for each in catalogue.relations if each.kind != "S"]
    for option, named in (("--exempt", expected.exempt), ("--tenant-column", expected.columns)):
        problems += [
            f"{option} names {table}, which {catalogue.server.database} does not have"
            for table in named
            if not any(is_named(each, table) for each in tables)
        ]
    for table, column in expected.columns.items():
        problems += [
            f"--tenant-column names {column} of {table}, which has no such column"
            for each in tables
            if is_named(each, table)
            and not any(c.relation == each.oid and c.name == column for c in catalogue.columns)
        ]
    if problems:
        raise AuditError(*problems)


def is_named(relation: Relation, name: str) -> bool:
    """Whether a name, with or without a schema, means this relation."""
    return name in (relation.name, f"{relation.schema}.{relation.name}")


def said_of(relation: Relation, options: Mapping[str, str]) -> str | None:
    """What options say of a relation; the name with a schema comes first."""
    return options.get(f"{relation.schema}.{relation.name}", options.get(relation.name))
