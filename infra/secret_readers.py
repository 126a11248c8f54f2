"""Who may read which secret: its own tasks, and those whom the settings name."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.debug_task import DebugTask
from components.secrets.secret_readers import SecretReaders, SecretReadersArgs
from components.secrets.service_secret import ServiceSecret
from infra.ground import Ground, PlatformService
from infra.service_database import ServiceDatabase
from stacks import names


def build_secret_readers(
    ground: Ground,
    databases: Mapping[str, ServiceDatabase],
    secrets: Mapping[str, Mapping[str, ServiceSecret]],
    services: Mapping[str, PlatformService],
    debug_tasks: Mapping[str, DebugTask],
) -> None:
    """A policy on each secret; none when the settings name nobody, for whoever deploys must be among them."""
    account = ground.settings.account
    people: list[pulumi.Input[str]] = [
        f"arn:aws:iam::{account.id}:role/{role}" for role in account.secret_readers
    ]
    if not people:
        return
    for name, database in databases.items():
        logins, service = database.logins, services[name]
        app = [service.fargate.execution_role_arn]
        if name in debug_tasks:
            app.append(debug_tasks[name].execution_role_arn)
        readers = [("app-a", logins.app_a, app), ("app-b", logins.app_b, app)]
        if service.migrations:
            # Not before there is an image: the first release would run its gate while an older policy still denies it.
            migrations = [service.migrations.execution_role_arn]
            readers.append(("migrator", logins.migrator, migrations))
        for login, secret, own in readers:
            SecretReaders(
                f"{names.slug(name)}-{login}",
                SecretReadersArgs(
                    secret_arn=secret.secret_arn,
                    role_arns=[*people, database.roles.execution_role_arn, *own],
                ),
                opts=ground.opts,
            )
    for name, variables in secrets.items():
        if ground.settings.services[name].image is None:
            # As above: the tasks that read them come with the first release, and some run during it.
            continue
        tasks = [services[name].fargate, services[name].migrations, debug_tasks.get(name)]
        roles = [each.execution_role_arn for each in tasks if each is not None]
        for variable, each in variables.items():
            SecretReaders(
                f"{names.slug(name)}-{variable.lower().replace('_', '-')}",
                SecretReadersArgs(secret_arn=each.secret_arn, role_arns=[*people, *roles]),
                opts=ground.opts,
            )
