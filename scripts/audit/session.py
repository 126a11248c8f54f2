"""One session that cannot change anything."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import quote

import asyncpg  # type: ignore[import-untyped]

from scripts.audit.address import Address
from scripts.audit.errors import AuditError

NAME: Final = "audit_tenancy"


@asynccontextmanager
async def read_only(address: Address, seconds: float) -> AsyncIterator[Any]:
    """Connect, and see one state of the database; AuditError says why not, or what PostgreSQL refuses in between."""
    limit = f"{int(seconds * 1000)}ms"
    told = {key: value for key, value in vars(address).items() if value is not None}
    if service := told.pop("service", None):
        told["dsn"] = (
            f"postgresql://?service={quote(service)}"  # the only place where asyncpg looks
        )
    try:
        connection = await asyncpg.connect(
            **told,
            timeout=seconds,
            server_settings={
                "application_name": NAME,
                "default_transaction_read_only": "on",
                "statement_timeout": limit,
                "lock_timeout": limit,
                "idle_in_transaction_session_timeout": limit,
            },
        )
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise AuditError(_why(error, address, seconds)) from error
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield connection
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise AuditError(
            f"PostgreSQL broke off: {error}; nothing is said of what is not read"
        ) from error
    finally:
        connection.terminate()


def _why(error: Exception, address: Address, seconds: float) -> str:
    place = f"{address.host or 'the host of PGHOST'}:{address.port or 'the port of PGPORT'}"
    if address.service:
        place = f"the service {address.service} of PGSERVICEFILE"
    if isinstance(error, TimeoutError):
        return f"{place} does not answer within {seconds:g} s; from outside its network a database of RDS never does"
    if isinstance(error, ssl.SSLError):
        return f"no TLS with {place}: {error}; PGSSLROOTCERT names the file of its authorities"
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        return f"{place} does not let this user in: {error}; the password comes from PGPASSWORD, PGPASSFILE or DATABASE_URL"
    return f"no connection to {place}: {error or type(error).__name__}"
