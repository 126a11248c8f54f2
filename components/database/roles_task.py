"""The task of the roles gate: a script that psql reads from the environment, as the server's master."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pulumi

from components.database.one_off_task import OneOffTaskArgs
from components.database.psql_command import SCRIPT_VARIABLE, psql_command

if TYPE_CHECKING:  # the inputs are defined beside the gate, which builds its task from here
    from components.database.roles_gate import RolesGateArgs

CONTAINER: Final = "roles"
CONNECT_SECONDS: Final = 15


def roles_task(args: RolesGateArgs) -> OneOffTaskArgs:
    """All of the task; another password, server or text is another revision of it."""
    master: pulumi.Output[str] = pulumi.Output.from_input(args.master_secret_arn)
    port: pulumi.Output[int] = pulumi.Output.from_input(args.port)
    return OneOffTaskArgs(
        family=args.family,
        account_id=args.account_id,
        region=args.region,
        vpc_id=args.vpc_id,
        egress=args.egress,
        database_security_group_id=args.database_security_group_id,
        port=args.port,
        container=CONTAINER,
        image=args.image,
        repository_arn=args.repository_arn,
        pull_through=True,
        command=psql_command(args.variables),
        environment={
            "PGCONNECT_TIMEOUT": str(CONNECT_SECONDS),
            "PGDATABASE": "postgres",
            "PGHOST": args.host,
            "PGPORT": port.apply(_digits),
            # The image lacks the certificates of RDS, so it encrypts and cannot check whom it talks to.
            "PGSSLMODE": "require",
            SCRIPT_VARIABLE: args.sql,
        },
        secrets={
            # Not of one version: the master's password rotates by itself, and is read when the task starts.
            "PGUSER": pulumi.Output.concat(master, ":username::"),
            "PGPASSWORD": pulumi.Output.concat(master, ":password::"),
            **{variable: login.password_reference for variable, login in args.logins.items()},
        },
        secret_arns=[master, *(each.secret_arn for each in args.logins.values())],
        secret_key_arns=args.secret_key_arns,
        cpu_architecture=args.cpu_architecture,
        log_group_name=args.log_group_name,
        log_retention_days=args.log_retention_days,
        logs_key_arn=args.logs_key_arn,
        mask_card_numbers=args.mask_card_numbers,
        protect=args.protect,
        tags=args.tags,
    )


def _digits(port: float) -> str:
    return str(int(port))
