"""The database servers in the local account, read from the account itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from local.report.clients import client
from local.report.logins import Login


@dataclass(frozen=True, kw_only=True)
class DatabaseRow:
    """One server as the table shows it."""

    server: str
    version: str
    instance_class: str
    address: str
    databases: str


def database_rows(endpoint: str, region: str, logins: Sequence[Login]) -> list[DatabaseRow]:
    """Read each server, with the databases in it that services log in to."""
    rds = client("rds", endpoint, region)
    rows = []
    for each in rds.describe_db_instances()["DBInstances"]:
        where = each["Endpoint"]
        inside = {
            login.database
            for login in logins
            if (login.host, login.port) == (where["Address"], where["Port"])
        }
        rows.append(
            DatabaseRow(
                server=each["DBInstanceIdentifier"],
                version=each["EngineVersion"],
                instance_class=each["DBInstanceClass"],
                address=f"{where['Address']}:{where['Port']}",
                databases=", ".join(sorted(inside)) or "-",
            )
        )
    return sorted(rows, key=lambda row: row.server)
