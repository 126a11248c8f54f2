"""A login, and a gate of each kind, from which the tests of this folder start."""

from __future__ import annotations

from typing import Any, Final

from components.database.database_login import DatabaseLogin, DatabaseLoginArgs
from components.database.migrations_gate import MigrationsGateArgs
from components.database.roles_gate import RolesGateArgs
from tests.components.compute.samples import CLUSTER, IMAGE, REPOSITORY
from tests.engine.outputs import ACCOUNT, REGION, arn

KEY: Final = arn("kms", "key/general-secrets")
MASTER_KEY: Final = arn("kms", "key/general-master")
LOGS_KEY: Final = arn("kms", "key/general-logs")
MASTER: Final = arn("secretsmanager", "secret:rds!db-1-AbCdEf")
CACHE: Final = "ecr-public/docker/library/postgres"
CACHE_ARN: Final = arn("ecr", f"repository/{CACHE}")
CACHE_IMAGE: Final = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{CACHE}:17"
HOST: Final = "general.abc.eu-west-1.rds.amazonaws.com"
RELEASE: Final = arn("ecs", "task-definition/turnstay-staging-ledger:9")
GATE: Final[dict[str, Any]] = {
    "account_id": ACCOUNT,
    "region": REGION,
    "cluster_arn": CLUSTER,
    "vpc_id": "vpc-1",
    "subnet_ids": ["subnet-a", "subnet-b"],
    "cpu_architecture": "ARM64",
    "port": 5433,
    "server_id": "db-ABC",
    "database_security_group_id": "sg-database",
    "log_retention_days": 365,
    "logs_key_arn": LOGS_KEY,
    "timeout_seconds": 300,
    "tags": {"service": "ledger"},
}


def login_args(login: str = "app_a", **changes: Any) -> DatabaseLoginArgs:
    values: dict[str, Any] = {
        "secret_name": f"turnstay/staging/ledger/database/{login}",
        "username": f"ledger_{login}",
        "host": HOST,
        "port": 5433,
        "database": "ledger",
        "password_epoch": 0,
        "key_arn": KEY,
        "protect": True,
        "tags": {"service": "ledger"},
    }
    return DatabaseLoginArgs(**{**values, **changes})


def login(which: str = "app_a", **changes: Any) -> DatabaseLogin:
    """A login, registered."""
    return DatabaseLogin(f"ledger-{which.replace('_', '-')}", login_args(which, **changes))


def roles_args(**changes: Any) -> RolesGateArgs:
    values: dict[str, Any] = {
        **GATE,
        "family": "turnstay-staging-ledger-roles",
        "image": CACHE_IMAGE,
        "repository_arn": CACHE_ARN,
        "host": HOST,
        "master_secret_arn": MASTER,
        "secret_key_arns": [MASTER_KEY, KEY],
        "sql": "\\set owner :service _owner\nSELECT 'x';",
        "variables": {"service": "ledger", "app_connections": "40"},
        "logins": {},
        "log_group_name": "/turnstay/staging/ledger/roles",
    }
    return RolesGateArgs(**{**values, **changes})


def migrations_args(**changes: Any) -> MigrationsGateArgs:
    values: dict[str, Any] = {
        **GATE,
        "family": "turnstay-staging-ledger-migrations",
        "image": IMAGE,
        "repository_arn": REPOSITORY,
        "command": ("alembic", "upgrade", "head"),
        "secret_key_arns": [KEY],
        "database": "ledger",
        "after": arn("ecs", "task-definition/turnstay-staging-ledger-roles:1"),
        "release": RELEASE,
        "log_group_name": "/turnstay/staging/ledger/migrations",
    }
    return MigrationsGateArgs(**{**values, **changes})
