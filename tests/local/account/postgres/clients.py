"""psql as a client of a server would start it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from local.account.postgres.programs import Programs, installed
from local.account.postgres.server import Server

VERSIONS = [each for each in installed() if not Path(each.folder).is_symlink()]
MASTER, PASSWORD = "turnstay_master", 'it\'s \\ a "$password"'


def speaks_tls() -> Programs:
    """The programs of a psql that speaks TLS."""
    return next(each for each in installed() if each.tls)


def psql(server: Server, sql: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run SQL as the master user over verified TLS, unless the environment says otherwise."""
    base = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(server.port),
        "PGUSER": MASTER,
        "PGPASSWORD": PASSWORD,
        "PGDATABASE": "postgres",
        "PGSSLMODE": "verify-full",
        "PGSSLROOTCERT": str(server.authority),
    }
    return subprocess.run(
        [speaks_tls().folder / "psql", "-XAtc", sql],
        env=base | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def answer(server: Server, sql: str, **environment: str) -> str:
    """What SQL returns."""
    done = psql(server, sql, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
