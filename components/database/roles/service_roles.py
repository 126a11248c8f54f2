"""The SQL that sets up roles, grants and passwords of one service's database, and what it asks for.

Pure: the roles gate runs it with psql as the server's master. docs/databases.md says which login may do what.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

# Environment variables in which the SQL finds the passwords.
MIGRATOR_PASSWORD: Final = "MIGRATOR_PASSWORD"  # noqa: S105 - a name, as the next two
APP_A_PASSWORD: Final = "APP_A_PASSWORD"  # noqa: S105
APP_B_PASSWORD: Final = "APP_B_PASSWORD"  # noqa: S105

_FOLDER: Final = Path(__file__).parent
_PARTS: Final = (
    "1_session",
    "2_roles",
    "3_memberships",
    "4_settings",
    "5_database",
    "6_server_findings",
    "7_schema",
    "8_privileges",
    "9_passwords",
    "10_findings",
)
ROLES_SQL: Final = "".join((_FOLDER / f"{part}.sql").read_text() for part in _PARTS)
"""A script of psql: in one session of database `postgres`, then in one of the service's."""

# PostgreSQL cuts a name at 63 bytes; `_migrator` must fit into them too.
_SERVICE_LENGTH: Final = 54
_DATABASE_LENGTH: Final = 63
# PostgreSQL's own, and RDS's: it reserves the prefix and has a database of the third name.
_TAKEN: Final = ("postgres", "public", "rdsadmin", "template0", "template1")
_RESERVED: Final = ("pg_", "rds")

MIGRATOR_CONNECTIONS: Final = 4
"""What the connection budget of a server keeps for the migrator of each service."""


def roles_variables(
    *,
    service: str,
    database: str,
    app_connections: int,
    migrator_connections: int = MIGRATOR_CONNECTIONS,
    app_statement_seconds: int = 15,
    app_lock_seconds: int = 3,
    app_idle_seconds: int = 30,
    migrator_statement_seconds: int = 900,
    migrator_lock_seconds: int = 5,
    migrator_idle_seconds: int = 60,
) -> dict[str, str]:
    """The psql variables of ROLES_SQL; ValueError names all that PostgreSQL would take for something else.

    `app_connections` is for each of the two logins: during a rollout one is in use by the old tasks, one by the new.
    """
    numbers = {
        "app_connections": app_connections,
        "migrator_connections": migrator_connections,
        "app_statement_seconds": app_statement_seconds,
        "app_lock_seconds": app_lock_seconds,
        "app_idle_seconds": app_idle_seconds,
        "migrator_statement_seconds": migrator_statement_seconds,
        "migrator_lock_seconds": migrator_lock_seconds,
        "migrator_idle_seconds": migrator_idle_seconds,
    }
    problems = [
        *_name_problems("service", service, _SERVICE_LENGTH),
        *_name_problems("database", database, _DATABASE_LENGTH),
        *(f"{name} is at least 1, got {value}" for name, value in numbers.items() if value < 1),
    ]
    if problems:
        raise ValueError(f"roles of {service}: {'; '.join(problems)}")
    return {
        "service": service,
        "database": database,
        "app_connections": str(app_connections),
        "migrator_connections": str(migrator_connections),
        "app_statement_timeout": f"{app_statement_seconds}s",
        "app_lock_timeout": f"{app_lock_seconds}s",
        "app_idle_timeout": f"{app_idle_seconds}s",
        "migrator_statement_timeout": f"{migrator_statement_seconds}s",
        "migrator_lock_timeout": f"{migrator_lock_seconds}s",
        "migrator_idle_timeout": f"{migrator_idle_seconds}s",
    }


def _name_problems(what: str, name: str, longest: int) -> list[str]:
    if not re.fullmatch(rf"[a-z][a-z0-9_]{{0,{longest - 1}}}", name):  # what needs no quotes
        return [
            f"{what} is a lower-case letter and then up to {longest - 1} letters, digits and underscores, got {name!r}"
        ]
    if name in _TAKEN or name.startswith(_RESERVED):
        return [f"{what} {name!r} is one of PostgreSQL's or RDS's own names"]
    return []
