"""The command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.audit.address import Address, find_address
from scripts.audit.errors import AuditError
from scripts.audit.expectation import DEFAULT_COLUMN, TENANT_ROLE
from scripts.audit.finding import SEVERITIES, Severity

DESCRIPTION = """\
List every way around tenant isolation in a PostgreSQL database. It only reads: one read-only transaction over the
system catalogue, which any login may read.

It looks at row-level security and its policies (what they mean, not how they are written), views, materialised views,
functions, triggers, rules, partitions, keys, privileges, owners, roles and their memberships and settings, large
objects, foreign servers and replication. docs/audit.md explains each finding.
"""
EPILOG = """\
connection: --dsn, else DATABASE_URL (postgresql+asyncpg://user:password@host:port/database?ssl=require), else PGHOST,
  PGPORT, PGUSER, PGDATABASE, PGSSLMODE, PGSSLROOTCERT, or PGSERVICE and PGSERVICEFILE. The password is never an argument:
  PGPASSWORD, PGPASSFILE, the service's file or DATABASE_URL.
roles: SERVICE_owner, SERVICE_migrator, SERVICE_app_a, SERVICE_app_b, SERVICE_reports and tenant_user. Trusted besides
  --administrator: the server's own superuser and the owner of the database.
exit code: 0 clean (there may be findings below --fail-on), 1 findings, 2 wrong arguments, no connection or no audit

examples:
  PGHOST=127.0.0.1 PGPORT=5433 PGUSER=ledger_app_a PGDATABASE=ledger python scripts/audit_tenancy.py
  python scripts/audit_tenancy.py --json --exempt currencies='ISO 4217' --tenant-column invoices=customer_id
"""


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What the operator asked for. Without a service it is that of the database's name."""

    address: Address
    service: str | None
    tenant_role: str
    administrators: frozenset[str]
    column: str
    columns: Mapping[str, str]
    exempt: Mapping[str, str]
    fail_on: Severity
    json: bool
    seconds: float


def parse(arguments: Sequence[str], environment: Mapping[str, str]) -> Arguments:
    """Read the arguments; AuditError has all that is wrong with them."""
    parsed = _parser().parse_args(arguments)
    problems: list[str] = []
    columns = _pairs(parsed.tenant_column, "--tenant-column", "TABLE=COLUMN", problems)
    exempt = _pairs(parsed.exempt, "--exempt", "TABLE=REASON", problems)
    problems += [
        f"{table} has a tenant's column (--tenant-column) and is exempt (--exempt): leave one out"
        for table in columns
        if table in exempt
    ]
    if not re.fullmatch(r"\d{1,4}(\.\d+)?", parsed.timeout) or float(parsed.timeout) < 1:
        problems.append(f"--timeout is {parsed.timeout}; it is a number of seconds from 1 to 9999")
    address = Address()
    try:
        address = find_address(parsed.dsn, parsed.database, environment)
    except AuditError as error:
        problems += error.problems
    if problems:
        raise AuditError(*problems)
    return Arguments(
        address=address,
        service=parsed.service.replace("-", "_") if parsed.service else None,
        tenant_role=parsed.tenant_role,
        administrators=frozenset(parsed.administrator),
        column=parsed.column,
        columns=columns,
        exempt=exempt,
        fail_on=parsed.fail_on,
        json=parsed.json,
        seconds=float(parsed.timeout),
    )


def _pairs(given: Sequence[str], option: str, form: str, problems: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        table, _, value = (each.strip() for each in text.partition("="))
        if not table or not value:
            problems.append(f"{option} {text!r} is not of the form {form}")
        elif table in found:
            problems.append(f"{option} names {table} twice")
        found[table] = value
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python scripts/audit_tenancy.py",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("--service", metavar="NAME", help="whose roles are meant; the database's name if absent")
    add(
        "--dsn",
        metavar="URL",
        help="postgresql://user@host:port/database?ssl=MODE, without a password",
    )
    add(
        "--database", metavar="NAME", help="another database than the one that the connection names"
    )
    add(
        "--tenant-role",
        metavar="ROLE",
        default=TENANT_ROLE,
        help="the role that tenants' queries run as (%(default)s)",
    )
    add(
        "--administrator",
        metavar="ROLE",
        action="append",
        default=[],
        help="a role that is trusted with everything; may be repeated",
    )
    add(
        "--column",
        metavar="NAME",
        default=DEFAULT_COLUMN,
        help="the column that says whose a row is (%(default)s; id on companies)",
    )
    add(
        "--tenant-column",
        metavar="TABLE=COLUMN",
        action="append",
        default=[],
        help="another one, of one table; may be repeated",
    )
    add(
        "--exempt",
        metavar="TABLE=REASON",
        action="append",
        default=[],
        help="a table that all tenants may read, and why; may be repeated",
    )
    add(
        "--fail-on",
        choices=SEVERITIES,
        default="risk",
        help="the least severity that makes the exit code 1 (%(default)s)",
    )
    add("--json", action="store_true", help="print JSON instead of a table")
    add(
        "--timeout",
        metavar="SECONDS",
        default="30",
        help="for the connection and for each query (%(default)s)",
    )
    return parser
