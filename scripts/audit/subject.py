"""The catalogue and what is expected of it, with the questions that several judges ask."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator

from scripts.audit.catalogue import Catalogue
from scripts.audit.expectation import KNOWN_COLUMNS, Expectation, Roles, said_of
from scripts.audit.rows import PUBLIC, Column, Relation, Role


class Subject:
    """What is judged."""

    def __init__(self, catalogue: Catalogue, expected: Expectation) -> None:
        self.catalogue, self.expected = catalogue, expected

    @property
    def roles(self) -> Roles:
        """Who is who."""
        return self.expected.roles

    @functools.cached_property
    def administrators(self) -> frozenset[str]:
        """Who is trusted: those the operator names, the server's own superuser, and the owner of the database."""
        bootstrap = {role.name for role in self.catalogue.roles if role.bootstrap}
        owner = {self.catalogue.server.owner} - {*self.roles.named}
        return self.roles.administrators | bootstrap | owner

    @functools.cached_property
    def relations(self) -> dict[int, Relation]:
        """The relations by their number."""
        return {each.oid: each for each in self.catalogue.relations}

    @functools.cached_property
    def columns(self) -> dict[int, dict[str, Column]]:
        """The columns by their table's number and their name."""
        found: dict[int, dict[str, Column]] = {}
        for each in self.catalogue.columns:
            found.setdefault(each.relation, {})[each.name] = each
        return found

    @functools.cached_property
    def accounts(self) -> dict[str, Role]:
        """The roles of the server by their name."""
        return {role.name: role for role in self.catalogue.roles}

    def tenant_tables(self) -> Iterator[tuple[Relation, str]]:
        """Tables and partitions that have a tenant's column, with it."""
        for each in self.catalogue.relations:
            if each.is_table and (column := self.tenant_column(each)):
                yield each, column

    def tenant_column(self, relation: Relation) -> str | None:
        """The column that says whose a row is; a partition's and a child's is that of its parent."""
        if self.exemption(relation) is not None:
            return None
        said = said_of(relation, self.expected.columns)
        parents = [self.relations[each] for each in relation.parents if each in self.relations]
        inherited = next((found for each in parents if (found := self.tenant_column(each))), None)
        column = said or inherited or KNOWN_COLUMNS.get(relation.name, self.expected.column)
        return column if column in self.columns.get(relation.oid, {}) else None

    def exemption(self, relation: Relation) -> str | None:
        """Why this table, or one that it is a part of, is shared by all tenants; None: it is not."""
        own = said_of(relation, self.expected.exempt)
        parents = [self.relations[each] for each in relation.parents if each in self.relations]
        return own or next((why for each in parents if (why := self.exemption(each))), None)

    def is_admin(self, role: str) -> bool:
        """Whether a role is trusted with everything."""
        return role in self.administrators

    def confined_among(self, reached_by: Collection[str]) -> list[str]:
        """Those of the roles that must not see more than one tenant."""
        return [name for name in reached_by if name in self.roles.confined]


def listed(names: Collection[str]) -> str:
    """Names in one line; everybody is written as such."""
    return ", ".join("everybody" if name == PUBLIC else name for name in names)
