"""Ways out of the database: other servers, replication, other databases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from scripts.audit.finding import Finding, Severity
from scripts.audit.rows import quoted
from scripts.audit.subject import Subject, listed

EXTENSIONS: Final = {
    "adminpack": "it writes the server's files",
    "aws_lambda": "it calls functions in AWS",
    "aws_s3": "it copies tables to S3",
    "dblink": "its connections are other sessions, with roles and tenants of their own",
    "file_fdw": "it reads the server's files",
    "pageinspect": "it reads the pages of tables, whosever rows they hold",
    "plperlu": "its functions are bound by no policy",
    "plpython3u": "its functions are bound by no policy",
    "pltclu": "its functions are bound by no policy",
    "postgres_fdw": "its connections are other sessions, with roles and tenants of their own",
}


def judge_outlets(subject: Subject) -> Iterator[Finding]:
    """Extensions, user mappings, publications, subscriptions and replication slots; databases open to the logins."""
    confined = subject.roles.confined
    for each in subject.catalogue.outlets:
        found: tuple[Severity, str, str] | None = None
        match each.kind:
            case "extension" if each.name in EXTENSIONS:
                found = "risk", EXTENSIONS[each.name], f"DROP EXTENSION {each.name}"
            case "user mapping" if each.detail in confined:
                found = (
                    "risk",
                    f"{listed([each.detail])} reaches another server as a user that is set here",
                    f"DROP USER MAPPING FOR {quoted(each.detail)} SERVER {each.name}",
                )
            case "publication":
                found = (
                    "risk",
                    f"sends the rows of all tenants ({each.detail})",
                    f"DROP PUBLICATION {each.name}",
                )
            case "subscription":
                found = "risk", f"writes rows as {each.detail}", f"DROP SUBSCRIPTION {each.name}"
            case "replication slot":
                found = (
                    "risk",
                    f"keeps the changes of all tenants for whoever may replicate ({each.detail})",
                    f"SELECT pg_drop_replication_slot('{each.name}')",
                )
        if found:
            severity, why, way_out = found
            yield Finding(
                severity=severity,
                code=each.kind.replace(" ", "-"),
                object=f"{each.kind} {each.name}",
                problem=why,
                way_out=f"{way_out}, if nothing needs it",
            )
    for reach in subject.catalogue.reaches:
        if reach.reached_by:
            yield Finding(
                severity="note",
                code="other-database",
                object=f"database {reach.database}",
                problem=f"{listed(reach.reached_by)} may connect to it",
                way_out=f"REVOKE CONNECT ON DATABASE {reach.database} FROM PUBLIC",
            )
