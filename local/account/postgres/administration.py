"""SQL as the superuser, as only AWS itself can run it there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from local.account.errors import AccountError
from local.account.postgres.programs import newest

ADMINISTRATOR: Final = "rdsadmin"
CONNECT_SECONDS: Final = "10"  # a server that hangs must not hang who starts it
UNLOGGED: Final = "SET log_statement = none;\nSET log_min_duration_statement = -1;\n"


def administer(sockets: Path, port: int, sql: str, **variables: str) -> str:
    """Run a script of psql with variables and return what it prints; AccountError says what PostgreSQL refuses.

    Nothing of it is in the server's log, and nothing in a list of processes.
    """
    values = "".join(f"\\getenv {name} {name}\n" for name in variables)
    environment = {
        **variables,
        "PGHOST": str(sockets),
        "PGPORT": str(port),
        "PGUSER": ADMINISTRATOR,
        "PGDATABASE": "postgres",
        "PGCONNECT_TIMEOUT": CONNECT_SECONDS,
    }
    done = subprocess.run(
        [newest().folder / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1"],
        input=f"{UNLOGGED}{values}{sql}",
        text=True,
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise AccountError(f"PostgreSQL refuses: {done.stderr.strip()}")
    return done.stdout
