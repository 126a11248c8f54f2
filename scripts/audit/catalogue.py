"""Everything that is judged, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from scripts.audit import rows

QUERIES: Final = Path(__file__).with_name("queries")
# Expressions and names are written with their schemas, PostgreSQL's own without: nobody's namesake passes for one.
OWN_NAMES_ALONE: Final = "SELECT set_config('search_path', 'pg_catalog, pg_temp', true)"
PARAMETER_GRANTS_FROM: Final = 150000
Row = TypeVar("Row")


class Connection(Protocol):
    """What is needed of a connection; asyncpg's has it."""

    async def fetch(self, query: str, *arguments: object) -> Sequence[Any]:
        """Return the rows of a query."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The system catalogue of one database, as far as tenants are concerned."""

    server: rows.Server
    relations: Sequence[rows.Relation] = ()
    columns: Sequence[rows.Column] = ()
    policies: Sequence[rows.Policy] = ()
    keys: Sequence[rows.Key] = ()
    foreign_keys: Sequence[rows.ForeignKey] = ()
    functions: Sequence[rows.Function] = ()
    triggers: Sequence[rows.Trigger] = ()
    grants: Sequence[rows.Grant] = ()
    ownerships: Sequence[rows.Ownership] = ()
    roles: Sequence[rows.Role] = ()
    memberships: Sequence[rows.Membership] = ()
    settings: Sequence[rows.Setting] = ()
    outlets: Sequence[rows.Outlet] = ()
    reaches: Sequence[rows.Reach] = ()


async def read_server(connection: Connection) -> rows.Server:
    """Say which database this is; first of all, for the names of the roles follow from it."""
    (server,) = await _read(connection, "server", rows.Server)
    return server


async def read_catalogue(
    connection: Connection, server: rows.Server, reaching: Sequence[str]
) -> Catalogue:
    """Read the rest, within the transaction of the caller; `reaching` are the roles whose reach is of interest."""
    await connection.fetch(OWN_NAMES_ALONE)
    grants = await _read(connection, "grants", rows.Grant)
    if server.version >= PARAMETER_GRANTS_FROM:
        grants += await _read(connection, "parameters", rows.Grant)
    return Catalogue(
        server=server,
        relations=await _read(connection, "relations", rows.Relation, list(reaching)),
        columns=await _read(connection, "columns", rows.Column),
        policies=await _read(connection, "policies", rows.Policy),
        keys=await _read(connection, "keys", rows.Key),
        foreign_keys=await _read(connection, "foreign_keys", rows.ForeignKey),
        functions=await _read(connection, "functions", rows.Function, list(reaching)),
        triggers=await _read(connection, "triggers", rows.Trigger),
        grants=grants,
        ownerships=await _read(connection, "ownerships", rows.Ownership),
        roles=await _read(connection, "roles", rows.Role),
        memberships=await _read(connection, "memberships", rows.Membership),
        settings=await _read(connection, "settings", rows.Setting),
        outlets=await _read(connection, "outlets", rows.Outlet),
        reaches=await _read(connection, "reaches", rows.Reach, list(reaching)),
    )


async def _read(
    connection: Connection, query: str, made: type[Row], *arguments: object
) -> list[Row]:
    text = (QUERIES / f"{query}.sql").read_text()
    return [made(**dict(record)) for record in await connection.fetch(text, *arguments)]
