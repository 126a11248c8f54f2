"""The script as an operator runs it, against a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from local.report.logins import Login
from local.report.psql import write_logins
from tests.scripts.audit.ledger import (
    COLUMNS,
    EXEMPT,
    MASTER,
    PASSWORD,
    VERSIONS,
    Ledger,
    ledger_on,
)

SCRIPT = Path(__file__).parents[3] / "scripts/audit_tenancy.py"
OPTIONS = [
    *(f"--exempt={table}={why}" for table, why in EXEMPT.items()),
    *(f"--tenant-column={table}={column}" for table, column in COLUMNS.items()),
]


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    with ledger_on(VERSIONS[0]) as made:
        yield made


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    clean.pop("DATABASE_URL", None)
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(SCRIPT), *arguments],
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )
    assert "Traceback" not in done.stderr
    assert PASSWORD not in done.stdout + done.stderr
    return done


def url(
    ledger: Ledger,
    user: str = "ledger_app_a",
    password: str = "app%20a",  # noqa: S107
    mode: str = "verify-full",
) -> str:
    return (
        f"postgresql+asyncpg://{user}:{password}@127.0.0.1:{ledger.server.port}/ledger?ssl={mode}"
    )


def test_an_app_login_sees_that_all_is_well(ledger: Ledger) -> None:
    trusted = str(ledger.server.authority)
    done = run(*OPTIONS, DATABASE_URL=url(ledger), PGSSLROOTCERT=trusted)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first == f"ledger, PostgreSQL {VERSIONS[0].version}, read by ledger_app_a"
    assert f"trusted with everything: rdsadmin, {MASTER}" in done.stdout
    assert "shared by all tenants: currencies (ISO 4217)" in done.stdout
    assert last == "no way around tenant isolation was found"


def test_findings_are_shown_with_the_way_out_and_end_with_1(ledger: Ledger, tmp_path: Path) -> None:
    password = tmp_path / "pgpass"
    password.write_text(f"127.0.0.1:*:*:{MASTER}:{PASSWORD}\n")
    password.chmod(0o600)
    environment = {
        "PGHOST": "127.0.0.1",
        "PGPORT": str(ledger.server.port),
        "PGUSER": MASTER,
        "PGDATABASE": "ledger",
        "PGSSLMODE": "require",
        "PGPASSFILE": str(password),
    }
    # Without the options the shared table and the other column are findings.
    done = run(**environment)
    assert done.returncode == 1, done.stderr
    assert "LEAK: a tenant can read" in done.stdout
    assert "ledger.currencies  [no-tenant-column]" in done.stdout
    assert "--exempt currencies=REASON" in done.stdout
    assert done.stdout.endswith("found: 2 leaks; docs/audit.md explains each [name]\n")
    document = json.loads(run("--json", **environment).stdout)
    assert document["counts"] == {"leak": 2, "risk": 0, "note": 0}
    assert [each["object"] for each in document["findings"]] == [
        "ledger.currencies",
        "ledger.invoices",
    ]
    assert set(document["findings"][0]) == {"severity", "code", "object", "problem", "way_out"}
    assert document["roles"]["apps"] == ["ledger_app_a", "ledger_app_b"]


def test_a_note_ends_with_1_only_where_that_is_asked_for(ledger: Ledger) -> None:
    ledger.server.administer("GRANT CONNECT ON DATABASE postgres TO PUBLIC")
    try:
        address = url(ledger, mode="require")
        usual = run(*OPTIONS, DATABASE_URL=address)
        strict = run(*OPTIONS, "--fail-on=note", DATABASE_URL=address)
    finally:
        ledger.server.administer("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC")
    assert (usual.returncode, strict.returncode) == (0, 1)
    assert "database postgres  [other-database]" in usual.stdout
    assert usual.stdout == strict.stdout


def test_the_file_of_services_that_psql_reads_will_do(ledger: Ledger, tmp_path: Path) -> None:
    login = Login(
        service="ledger",
        host="127.0.0.1",
        port=ledger.server.port,
        database="ledger",
        username="ledger_app_b",
        password="app b",
    )
    write_logins(tmp_path, [login], ledger.server.authority)
    done = run(*OPTIONS, PGSERVICE="ledger", PGSERVICEFILE=str(tmp_path / "pg_service.conf"))
    assert done.returncode == 0, done.stderr
    assert "read by ledger_app_b" in done.stdout


def test_a_session_of_the_audit_can_change_nothing(ledger: Ledger) -> None:
    program = (
        "import asyncio, os, sys\n"
        "from scripts.audit.address import parse_url\n"
        "from scripts.audit.errors import AuditError\n"
        "from scripts.audit.session import read_only\n"
        "async def main():\n"
        "    async with read_only(parse_url(os.environ['DATABASE_URL'], 'x'), 10) as session:\n"
        "        print(await session.fetchval('SHOW statement_timeout'))\n"
        "        await session.execute('CREATE TABLE ledger.made (n int)')\n"
        "try:\n"
        "    asyncio.run(main())\n"
        "except AuditError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program],
        env={**os.environ, "DATABASE_URL": url(ledger, "ledger_migrator", "migrator", "require")},
        capture_output=True,
        text=True,
        check=True,
        cwd=SCRIPT.parents[1],
    )
    assert done.stdout.startswith(
        "10s\nPostgreSQL broke off: cannot execute CREATE TABLE in a read-only transaction"
    )


@pytest.mark.parametrize(("user", "password"), [("ledger_app_a", "wrong"), ("nobody", "app%20a")])
def test_who_is_not_let_in_is_told_in_a_line(ledger: Ledger, user: str, password: str) -> None:
    done = run(DATABASE_URL=url(ledger, user, password, "require"))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("audit_tenancy: 127.0.0.1:")
    assert "does not let this user in" in line


def test_a_server_of_another_authority_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(stranger)
    done = run(DATABASE_URL=url(ledger), PGSSLROOTCERT=str(stranger))
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "no TLS with 127.0.0.1" in line
    assert "PGSSLROOTCERT" in line


def test_nobody_listens() -> None:
    done = run(DATABASE_URL="postgresql://a:b@127.0.0.1:1/ledger")
    assert done.returncode == 2
    assert "no connection to 127.0.0.1:1" in done.stderr


def test_names_that_are_not_there_are_told_all_at_once(ledger: Ledger) -> None:
    wrong = [
        "--service",
        "treasury",
        "--exempt",
        "nothing=why",
        "--tenant-column",
        "payments=tenant",
    ]
    done = run(*wrong, DATABASE_URL=url(ledger, mode="require"))
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == 6
    assert (
        "no role treasury_owner on this server; --service names the service (here are: ledger)"
        in lines[0]
    )
    assert "--exempt names nothing" in lines[4]
    assert "--tenant-column names tenant of payments" in lines[5]


def test_help_is_complete() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in (
        "exit code: 0 clean",
        "PGPASSFILE",
        "--exempt",
        "--tenant-column",
        "--fail-on",
        "--json",
    ):
        assert word in done.stdout


def test_another_python_than_the_projects_is_told_so_without_a_traceback() -> None:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-S", str(SCRIPT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "run .venv/bin/python scripts/audit_tenancy.py" in done.stderr
    assert "Traceback" not in done.stderr
