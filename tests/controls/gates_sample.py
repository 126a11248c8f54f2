"""A service with its database logins, both gates, and who may read the logins' secrets."""

from __future__ import annotations

from functools import cache
from typing import Final

import pulumi

from components.compute.fargate_service import FargateService
from components.database.database_login import DatabaseLogin
from components.database.migrations_gate import MigrationsGate
from components.database.roles_gate import RolesGate
from components.secrets.secret_readers import SecretReaders, SecretReadersArgs
from tests.components.compute.samples import service_args
from tests.components.database.login_samples import KEY, login, migrations_args, roles_args
from tests.engine.recording import Recording, record

DEPLOYER: Final = "arn:aws:iam::111122223333:role/deploy-staging"


@cache
def gates() -> Recording:
    """The sample, recorded once. Shared: never change it in place."""
    return record(_program)


def _program() -> None:
    logins = {each: login(each) for each in ("app_a", "app_b", "migrator")}
    variables = {f"LEDGER_{name.upper()}_PASSWORD": each for name, each in logins.items()}
    roles = RolesGate("ledger-roles", roles_args(logins=variables))
    migrations: list[MigrationsGate] = []

    def release(revision: pulumi.Output[str]) -> pulumi.Output[str]:
        args = migrations_args(login=logins["migrator"], after=roles.ready, release=revision)
        migrations.append(MigrationsGate("ledger-migrations", args))
        return migrations[0].release

    service = FargateService("ledger", service_args(release=release, **_database(logins["app_a"])))
    readers = {
        "app_a": [roles.execution_role_arn, service.execution_role_arn],
        "app_b": [roles.execution_role_arn],
        "migrator": [roles.execution_role_arn, migrations[0].execution_role_arn],
    }
    for name, each in logins.items():
        SecretReaders(
            f"ledger-{name.replace('_', '-')}",
            SecretReadersArgs(secret_arn=each.secret_arn, role_arns=[*readers[name], DEPLOYER]),
        )


def _database(app: DatabaseLogin) -> dict[str, object]:
    return {
        "secrets": {"DATABASE_URL": app.url_reference},
        "secret_arns": [app.secret_arn],
        "secret_key_arns": [KEY],
    }
