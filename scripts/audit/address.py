"""Where the database is, without a password on a command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from scripts.audit.errors import AuditError

SCHEMES: Final = ("postgresql", "postgres", "postgresql+asyncpg")
TLS_MODES: Final = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
VARIABLE: Final = "DATABASE_URL"


@dataclass(frozen=True, kw_only=True)
class Address:
    """What the connection is told; None is left to PGHOST, PGPORT, PGUSER, PGPASSWORD, PGPASSFILE and so on."""

    host: str | None = None
    port: int | None = None
    user: str | None = None
    password: str | None = None
    database: str | None = None
    ssl: str | None = None
    service: str | None = None  # of the file that PGSERVICEFILE names

    def __repr__(self) -> str:
        """Without the password, for tracebacks and assertions."""
        return f"Address({self.user}@{self.host}:{self.port}/{self.database}?ssl={self.ssl})"


def find_address(dsn: str | None, database: str | None, environment: Mapping[str, str]) -> Address:
    """Take --dsn, else DATABASE_URL, else the variables of libpq; `database` replaces the one that these name."""
    if dsn is not None:
        found = parse_url(dsn, "--dsn")
        if found.password is not None:
            raise AuditError(
                "--dsn has a password, which everybody on this machine can read in the list of processes;"
                f" leave it out and set PGPASSWORD or PGPASSFILE, or put the whole URL into {VARIABLE}"
            )
    elif url := environment.get(VARIABLE):
        found = parse_url(url, VARIABLE)
    else:
        found = Address(service=environment.get("PGSERVICE") or None)
    if database is None:
        return found
    return Address(**{**vars(found), "database": database})


def parse_url(url: str, name: str) -> Address:
    """Read a URL as SQLAlchemy with asyncpg has it, or libpq; AuditError names all that is wrong, never the URL."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        # A password with a slash, a bracket or a hash ends the host where none ends; the text may be part of it.
        raise AuditError(
            f"{name} is no URL: write special characters of user and password as %XX (%2F for a slash)"
        ) from error
    problems = []
    if parts.scheme not in SCHEMES:
        problems.append(
            f"{name} begins with {parts.scheme or 'no scheme'}, allowed are {', '.join(SCHEMES)} (followed by ://)"
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    mode = options.pop("ssl", None) or options.pop("sslmode", None)
    options.pop("sslmode", None)
    if mode is not None and mode not in TLS_MODES:
        problems.append(f"{name} has ssl={mode}, allowed are {', '.join(TLS_MODES)}")
    if options:
        problems.append(
            f"{name} has options that are not known: {', '.join(sorted(options))}; allowed is ssl"
        )
    if parts.fragment:
        problems.append(f"{name} has a # in it: write it as %23")
    if problems:
        raise AuditError(*problems)
    return Address(
        host=parts.hostname,
        port=port,
        user=_plain(parts.username),
        password=_plain(parts.password),
        database=_plain(parts.path.removeprefix("/")),
        ssl=mode,
    )


def _plain(text: str | None) -> str | None:
    return unquote(text) if text else None
