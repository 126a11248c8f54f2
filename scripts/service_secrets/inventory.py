"""Which secrets a stack has by its settings; pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stacks.catalogue import CATALOGUE, Service
from stacks.names import PROJECT, login_secret_name, secret_name
from stacks.secret_sources import PLATFORM, WEBHOOK, secrets_of
from stacks.settings import StackSettings

LOGINS: Final[Mapping[str, str]] = {
    "migrator": "migrations of {service}",
    "app-a": "{service}, in turn",
    "app-b": "{service}, in turn",
}
LOGIN: Final = "login"
"""The source of a database login: made with the database, and changed by `database.rotation`."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One secret, as the settings have it."""

    name: str
    service: str
    variable: str
    """A login has its name instead."""
    source: str
    users: str


def prefix(stack: str) -> str:
    """What the names of all secrets of a stack begin with."""
    return f"{PROJECT}/{stack}/"


def inventory(
    settings: StackSettings, catalogue: Mapping[str, Service] = CATALOGUE
) -> tuple[Entry, ...]:
    """Every secret, service by service in the catalogue's order: its variables, then its database's logins.

    At the end comes the platform's own.
    """
    of_services = [each for service in catalogue.values() for each in _entries(settings, service)]
    webhook = Entry(
        name=secret_name(settings.stack, PLATFORM, WEBHOOK),
        service=PLATFORM,
        variable=WEBHOOK,
        source="external",
        users="alerts to Slack",
    )
    return (*of_services, webhook)


def _entries(settings: StackSettings, service: Service) -> Iterator[Entry]:
    for use in secrets_of(service, settings.services[service.name]):
        yield Entry(
            name=secret_name(settings.stack, service.name, use.variable),
            service=service.name,
            variable=use.variable,
            source=use.source,
            users=service.name,
        )
    for login, users in LOGINS.items() if service.database else ():
        yield Entry(
            name=login_secret_name(settings.stack, service.name, login),
            service=service.name,
            variable=login,
            source=LOGIN,
            users=users.format(service=service.name),
        )
