"""Which external secrets a command is about; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scripts.service_secrets.errors import REFUSED, SecretsError
from scripts.service_secrets.inventory import Entry, inventory
from stacks.catalogue import CATALOGUE, Service
from stacks.secret_commands import supply_command
from stacks.settings import StackSettings
from stacks.wording import nearest


def select(
    settings: StackSettings,
    variables: Sequence[str],
    services: Sequence[str],
    catalogue: Mapping[str, Service] = CATALOGUE,
) -> tuple[Entry, ...]:
    """The secrets of these variables in these services, or in every one that has it from outside when none is named.

    All that cannot be is refused at once.
    """
    entries = inventory(settings, catalogue)
    problems = [_unknown(each, catalogue) for each in services if each not in catalogue]
    found = []
    for variable in dict.fromkeys(variables):
        users = [each for each in entries if each.variable == variable]
        if services:
            known = [each for each in dict.fromkeys(services) if each in catalogue]
            chosen = [each for each in users if each.service in known]
            missing = set(known) - {each.service for each in chosen}
            problems += [
                _unused(settings, catalogue[each], variable) for each in known if each in missing
            ]
            problems += [why for each in chosen if (why := _not_external(settings, each))]
            found += chosen
        else:
            external = [each for each in users if each.source == "external"]
            if not external:
                problems += [why for each in users if (why := _not_external(settings, each))] or [
                    f"no service of {settings.stack} uses {variable}"
                ]
            found += external
    if problems:
        raise SecretsError("\n  ".join(["nothing was changed", *problems]), REFUSED)
    return tuple(found)


def _unknown(service: str, catalogue: Mapping[str, Service]) -> str:
    meant = nearest(service, catalogue)
    hint = f"did you mean {meant}?" if meant else f"there are {', '.join(catalogue)}"
    return f"there is no service {service}; {hint}"


def _unused(settings: StackSettings, service: Service, variable: str) -> str:
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
