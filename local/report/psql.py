"""Files by which psql logs in without a password in a command."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

from local.account.postgres.programs import installed
from local.report.logins import Login

SERVICES, PASSWORDS = "pg_service.conf", "pgpass"
OWNER_ONLY = 0o600


def write_logins(folder: Path, logins: Sequence[Login], authority: Path | None) -> None:
    """Write the logins as services of libpq, and their passwords beside them where only their owner reads them.

    https://www.postgresql.org/docs/current/libpq-pgservice.html
    """
    passwords = folder / PASSWORDS
    trust = f"sslmode=verify-full\nsslrootcert={authority}\n" if authority else "sslmode=require\n"
    services = [
        f"[{each.service}]\nhost={each.host}\nport={each.port}\ndbname={each.database}\n"
        f"user={each.username}\npassfile={passwords}\n{trust}"
        for each in logins
    ]
    lines = [
        ":".join(
            _escaped(part)
            for part in (each.host, str(each.port), each.database, each.username, each.password)
        )
        for each in logins
    ]
    _write(folder / SERVICES, "\n".join(services))
    _write(passwords, "".join(f"{line}\n" for line in lines))


def psql_line(folder: Path, service: str) -> str:
    """Say the command that opens the database of a service."""
    services = shlex.quote(shown(folder / SERVICES))
    return f"PGSERVICEFILE={services} {shlex.quote(_psql())} service={service}"


def shown(path: Path) -> str:
    """Shorten a path that lies below the current folder."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _psql() -> str:
    if shutil.which("psql"):
        return "psql"
    return shown(installed()[0].folder / "psql")  # one that speaks TLS comes first


def _escaped(part: str) -> str:
    return part.replace("\\", "\\\\").replace(":", "\\:")


def _write(path: Path, text: str) -> None:
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w") as file:
        file.write(text)
    draft.replace(path)
