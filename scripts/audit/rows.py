"""What the catalogue says, one class for each file in queries/. A grantee or a role named PUBLIC is everybody."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

PUBLIC: Final = "PUBLIC"


def quoted(name: str) -> str:
    """A name as a statement needs it, whatever is in it; everybody stays PUBLIC."""
    plain = name == PUBLIC or re.fullmatch(r"[a-z_][a-z0-9_]*", name)
    return name if plain else '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True, kw_only=True)
class Server:
    """The database that is looked at."""

    database: str
    owner: str
    version: int
    user: str
    tenant: str | None  # the tenant of a session that has set none


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A table (r), partitioned table (p), view (v), materialised view (m), foreign table (f) or sequence (S)."""

    oid: int
    schema: str
    name: str
    kind: str
    owner: str
    row_security: bool
    forced: bool
    partition: bool
    options: list[str]
    parents: list[int]
    reached_by: list[str]

    @property
    def full_name(self) -> str:
        """The name with its schema, as a statement needs it."""
        return f"{quoted(self.schema)}.{quoted(self.name)}"

    @property
    def is_table(self) -> bool:
        """Whether it may have policies."""
        return self.kind in ("r", "p")


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of a table. `generated`: PostgreSQL makes its values up."""

    relation: int
    name: str
    not_null: bool
    generated: bool


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A policy; `command` is that of the SQL statement, or ALL."""

    relation: int
    name: str
    permissive: bool
    command: str
    roles: list[str]
    using: str | None
    check: str | None


@dataclass(frozen=True, kw_only=True)
class Key:
    """A unique key or an exclusion constraint; an expression in it is an empty name."""

    relation: int
    name: str
    columns: list[str]


@dataclass(frozen=True, kw_only=True)
class ForeignKey:
    """A foreign key; `changes` says that it also changes or deletes the rows that refer."""

    name: str
    relation: int
    referenced: int
    columns: list[str]
    referenced_columns: list[str]
    changes: bool


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function or procedure. `trigger_of`: the tables whose triggers call it."""

    name: str
    owner: str
    definer: bool
    leakproof: bool
    trusted: bool
    search_path: bool
    reached_by: list[str]
    trigger_of: list[str]


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """A trigger or rule that was made by somebody; `enabled` is tgenabled."""

    kind: str
    relation: int
    name: str
    enabled: str
    foreign_key: bool


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A privilege that somebody who is not the owner has."""

    kind: str
    relation: int
    object: str
    grantee: str
    privilege: str
    grantable: bool


@dataclass(frozen=True, kw_only=True)
class Ownership:
    """Who owns what is no relation."""

    kind: str
    object: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role. `bootstrap`: the superuser that every server has."""

    name: str
    bootstrap: bool
    login: bool
    attributes: list[str]


@dataclass(frozen=True, kw_only=True)
class Membership:
    """`member` may act as `role`: at all times, by SET ROLE, or after granting itself one of these."""

    role: str
    member: str
    admin: bool
    inherits: bool
    sets: bool


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A setting of a role, a database or the whole server; where it is not one of these, the name is empty."""

    role: str
    database: str
    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """A way by which rows leave the database, or a server that it reaches."""

    kind: str
    name: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Another database of the server, and which of the roles may connect to it."""

    database: str
    reached_by: list[str]
