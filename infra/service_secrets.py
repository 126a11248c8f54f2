"""A service's secrets besides its logins, and the gate that waits for those which an operator sets."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.secrets.presence_gate import PresenceGate, PresenceGateArgs
from components.secrets.service_secret import ServiceSecret, ServiceSecretArgs
from infra.ground import Ground
from stacks import names
from stacks.catalogue import Service
from stacks.reader import supplied_value
from stacks.secret_commands import set_command
from stacks.secret_sources import SecretUse, secrets_of


def build_service_secrets(
    ground: Ground, catalogue: Mapping[str, Service]
) -> dict[str, dict[str, ServiceSecret]]:
    """By service and variable."""
    return {
        service.name: {
            use.variable: _build(ground, service, use)
            for use in secrets_of(service, ground.settings.services[service.name])
        }
        for service in catalogue.values()
    }


def build_presence_gate(
    ground: Ground,
    service: Service,
    secrets: Mapping[str, ServiceSecret],
    revision: pulumi.Output[str],
) -> pulumi.Output[str]:
    """The revision, once the values are there that this program does not make."""
    external = {each: made.secret_arn for each, made in secrets.items() if made.version_id is None}
    if not external:
        return revision
    settings = ground.settings
    return PresenceGate(
        f"{names.slug(service.name)}-secrets",
        PresenceGateArgs(
            service_name=service.name,
            account_id=settings.account.id,
            region=settings.account.region,
            secrets=external,
            commands={each: set_command(settings.stack, service.name, each) for each in external},
            release=revision,
        ),
        opts=ground.opts,
    ).release


def _build(ground: Ground, service: Service, use: SecretUse) -> ServiceSecret:
    settings, slug = ground.settings, names.slug(service.name)
    is_supplied = use.source == "supplied"
    return ServiceSecret(
        f"{slug}-{use.variable.lower().replace('_', '-')}",
        ServiceSecretArgs(
            secret_name=names.secret_name(settings.stack, service.name, use.variable),
            description=f"{use.variable} of {service.name}",
            source=use.source,
            rotate=use.rotate,
            value=supplied_value(service.name, use.variable) if is_supplied else None,
            key_arn=ground.keys[service.zone].secrets.arn,
            protect=settings.protect,
            tags={"service": slug},
        ),
        opts=ground.opts,
    )
