"""Which external secrets a command is about; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scripts.service_secrets.errors import REFUSED, SecretsError
from scripts.service_secrets.inventory import Entry, inventory
from stacks.catalogue import CATALOGUE, Service
from stacks.secret_commands import supply_command
from stacks.secret_sources import PLATFORM, WEBHOOK
from stacks.settings import StackSettings
from stacks.wording import nearest


def select(
    settings: StackSettings,
    variables: Sequence[str],
    services: Sequence[str],
    catalogue: Mapping[str, Service] = CATALOGUE,
) -> tuple[Entry, ...]:
    """The secrets of these variables in these services, or in every one that has it from outside when none is named.

    The platform's own is meant only where `platform` is named: a service's webhook may be another team's.
    All that cannot be is refused at once.
    """
    entries = inventory(settings, catalogue)
    owners = (*catalogue, PLATFORM)
    problems = [_unknown(each, owners) for each in services if each not in owners]
    found = []
    for variable in dict.fromkeys(variables):
        users = [each for each in entries if each.variable == variable]
        if services:
            known = [each for each in dict.fromkeys(services) if each in owners]
            chosen = [each for each in users if each.service in known]
            missing = set(known) - {each.service for each in chosen}
            problems += [
                _unused(settings, catalogue.get(each), variable)
                for each in known
                if each in missing
            ]
            problems += [why for each in chosen if (why := _not_external(settings, each))]
            found += chosen
        else:
            users = [each for each in users if each.service != PLATFORM]
            external = [each for each in users if each.source == "external"]
            if not external:
                problems += [why for each in users if (why := _not_external(settings, each))] or [
                    f"no service of {settings.stack} uses {variable}"
                ]
            found += external
    if problems:
        raise SecretsError("\n  ".join(["nothing was changed", *problems]), REFUSED)
    return tuple(found)


def _unknown(service: str, owners: Sequence[str]) -> str:
    meant = nearest(service, owners)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(owners)}"
    return f"there is no service {service}; {hint}"


def _unused(settings: StackSettings, service: Service | None, variable: str) -> str:
    if service is None:
        return f"{PLATFORM} has no secret {variable}; its secret is {WEBHOOK}"
    if variable in service.optional_secrets:
        place = f"services.{service.name}.secrets.{variable}"
        return (
            f"{service.name} does not use {variable}: it is optional; switch it on by {place}:"
            f" {{source: external}} in Pulumi.{settings.stack}.yaml, then `pulumi up`"
        )
    own = ", ".join((*service.secrets, *service.optional_secrets))
    return f"{service.name} has no secret {variable}; its secrets are {own}"


def _not_external(settings: StackSettings, entry: Entry) -> str | None:
    which = f"{entry.variable} of {entry.service}"
    file = f"Pulumi.{settings.stack}.yaml"
    if entry.source == "generated":
        place = f"services.{entry.service}.secrets.{entry.variable}"
        return f"{which} is generated: one more in {place}.rotate of {file}, then `pulumi up`"
    if entry.source == "supplied":
        command = supply_command(settings.stack, entry.service, entry.variable)
        return f"{which} is supplied by {file}: {command}, then `pulumi up`"
    if entry.source != "external":
        place = f"services.{entry.service}.database.rotation"
        return (
            f"{which} is a login of its database: one more in {place} of {file}, then `pulumi up`"
        )
    return None
