"""What `make up` and `make status` show in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from local.account.rds.place import authority_of
from local.account.record import Running
from local.report.alarms import alarm_rows
from local.report.databases import DatabaseRow, database_rows
from local.report.logins import Login, logins
from local.report.psql import psql_line, write_logins
from local.report.services import ServiceRow, service_rows
from local.report.table import table
from stacks.catalogue import SERVICES
from stacks.names import slug

TRY, AND = "try      ", "         "


def report(stack: str, account: Running, region: str, folder: Path) -> str:
    """Describe what runs, how to reach it, and how much of it there is; write the files that psql reads."""
    services = service_rows(stack, account.endpoint, region)
    used = logins(stack, account.endpoint, region)
    databases = database_rows(account.endpoint, region, used)
    if used:
        write_logins(folder, used, authority_of(folder))
    parts = [table(services) if services else "no service runs yet"]
    if databases:
        parts += ["", table(databases), ""]
    if alarms := alarm_rows(stack, account.endpoint, region):
        parts += [table(alarms), ""] if databases else ["", table(alarms), ""]
    parts += _ways_in(account, folder, services, used)
    if account.outside:
        parts.append(
            f"alerts   curl {account.outside}/messages shows what Slack and Honeybadger got"
        )
    parts += [_counts(services, databases)] if services else []
    return "\n".join(parts)


def _ways_in(
    account: Running, folder: Path, services: Sequence[ServiceRow], used: Sequence[Login]
) -> Iterator[str]:
    order = [slug(each.name) for each in SERVICES]
    public = sorted(
        (each for each in services if each.host != "-" and account.balancer),
        key=lambda row: order.index(row.service) if row.service in order else len(order),
    )
    hosts = [(host, each.service) for each in public for host in each.host.split(", ")]
    for number, (host, service) in enumerate(hosts):
        curl = f"{AND if number else TRY}curl -H 'Host: {host}'"
        if any(each.service == service for each in used):
            # Any company: it sees what is its own, and begins with nothing.
            yield f"{curl} -H 'X-Company-Id: 42' {account.balancer}/api/v1/payments"
        else:
            yield f"{curl} {account.balancer}/health"
    if used:
        others = ", ".join(each.service for each in used[1:])  # as another `service=`
        yield f"{TRY}{psql_line(folder, used[0].service)}"
        yield f"{AND}logs in as {used[0].username}" + (f"; others: {others}" if others else "")


def _counts(services: Sequence[ServiceRow], databases: Sequence[DatabaseRow]) -> str:
    running = sum(int(each.tasks.split("/")[0]) for each in services)
    desired = sum(int(each.tasks.split("/")[1]) for each in services)
    hosts = sum(len(each.host.split(", ")) for each in services if each.host != "-")
    counts = [_many(len(services), "service"), f"{running} of {desired} tasks"]
    counts.append(_many(hosts, "public host"))
    if databases:
        inside = sum(len(each.databases.split(", ")) for each in databases if each.databases != "-")
        counts += [_many(len(databases), "database server"), _many(inside, "database")]
    return f"total    {', '.join(counts)}"


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
