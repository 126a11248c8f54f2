"""Which secret variables a service has in a stack, and where each value comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stacks.catalogue import Service
from stacks.secret_settings import Source
from stacks.settings import ServiceSettings

# What signs a service's own tokens need not be known to anybody; every other value is somebody else's to give.
GENERATED: Final = frozenset({"SECRET_KEY"})
# What was made up here would open nothing there.
ISSUED_ELSEWHERE: Final = {
    "DESCOPE_MANAGEMENT_KEY": "Descope",
    "DESCOPE_PROJECT_ID": "Descope",
    "HONEYBADGER_API_KEY": "Honeybadger",
    "SLACK_WEBHOOK_URL": "Slack",
}

# What belongs to no service. Its own key of each: a service's webhook or project may be another team's.
PLATFORM: Final = "platform"
WEBHOOK: Final = "SLACK_WEBHOOK_URL"
"""External."""
HONEYBADGER_KEY: Final = "HONEYBADGER_API_KEY"
"""Supplied, or not there yet: EventBridge takes it from Pulumi, and from no secret of ours."""


@dataclass(frozen=True, kw_only=True)
class SecretUse:
    """One secret variable of a service in one stack."""

    variable: str
    source: Source
    rotate: int = 0


def secrets_of(service: Service, own: ServiceSettings) -> tuple[SecretUse, ...]:
    """Every required variable, and each optional one that the stack file names, in the catalogue's order.

    DATABASE_URL is none of them: it comes with the service's database.
    """
    switched_on = [each for each in service.optional_secrets if each in own.secrets]
    return tuple(_use(variable, own) for variable in (*service.secrets, *switched_on))


def _use(variable: str, own: ServiceSettings) -> SecretUse:
    said = own.secrets.get(variable)
    default: Source = "generated" if variable in GENERATED else "external"
    if said is None:
        return SecretUse(variable=variable, source=default)
    return SecretUse(variable=variable, source=said.source or default, rotate=said.rotate)
