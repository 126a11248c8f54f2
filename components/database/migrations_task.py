"""The task of the migrations gate: the service's own image, as the login that may change tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from components.database.one_off_task import OneOffTaskArgs

if TYPE_CHECKING:  # the inputs are defined beside the gate, which builds its task from here
    from components.database.migrations_gate import MigrationsGateArgs

CONTAINER: Final = "migrations"
_PYTHON: Final = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}


def image_content(image: str) -> str:
    """The digest of an image: under another name or tag it is still the same. Without one, all that is known."""
    return image.rpartition("@")[2]


def migrations_task(args: MigrationsGateArgs) -> OneOffTaskArgs:
    """All of the task."""
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
        command=args.command,
        environment={**_PYTHON, **args.environment},
        secrets={**args.secrets, "DATABASE_URL": args.login.url_reference},
        secret_arns=[args.login.secret_arn, *args.secret_arns],
        secret_key_arns=args.secret_key_arns,
        cpu=args.cpu,
        memory_mib=args.memory_mib,
        cpu_architecture=args.cpu_architecture,
        log_group_name=args.log_group_name,
        log_retention_days=args.log_retention_days,
        logs_key_arn=args.logs_key_arn,
        mask_card_numbers=args.mask_card_numbers,
        protect=args.protect,
        tags=args.tags,
    )
