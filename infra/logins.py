"""Who logs in to a service's database."""

from __future__ import annotations

from dataclasses import dataclass

from components.database.database_login import DatabaseLogin, DatabaseLoginArgs
from components.database.login_rotation import LOGINS, active_login, password_epoch
from infra.ground import Ground
from stacks import names
from stacks.catalogue import Service

MIGRATOR = "migrator"


@dataclass(frozen=True, kw_only=True)
class ServiceLogins:
    """The logins of one database."""

    migrator: DatabaseLogin
    app_a: DatabaseLogin
    app_b: DatabaseLogin
    active: DatabaseLogin
    """The one of the app's two that its next revision uses."""


def build_logins(ground: Ground, service: Service, database: str) -> ServiceLogins:
    """The login that migrates, and two that take turns in serving."""
    rotation = ground.settings.services[service.name].database.rotation
    apps = {
        login: _login(ground, service, database, login, password_epoch(login, rotation))
        for login in LOGINS
    }
    return ServiceLogins(
        # Nothing but a gate uses it, and gates run one after the other: it needs no second login to change with.
        migrator=_login(ground, service, database, MIGRATOR, rotation),
        app_a=apps["app-a"],
        app_b=apps["app-b"],
        active=apps[active_login(rotation)],
    )


def _login(
    ground: Ground, service: Service, database: str, login: str, epoch: int
) -> DatabaseLogin:
    settings, server = ground.settings, ground.databases[service.zone]
    return DatabaseLogin(
        f"{names.slug(service.name)}-{login}",
        DatabaseLoginArgs(
            secret_name=names.login_secret_name(settings.stack, service.name, login),
            username=names.identifier(f"{service.name}-{login}"),
            host=server.address,
            port=server.port,
            database=database,
            ssl=settings.services[service.name].database.ssl,
            password_epoch=epoch,
            key_arn=ground.keys[service.zone].secrets.arn,
            protect=settings.protect,
            tags={"service": names.slug(service.name)},
        ),
        opts=ground.opts,
    )
