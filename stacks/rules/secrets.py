"""The secrets of each service: known, with one source, and a value where that is ours to have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stacks.catalogue import Service
from stacks.draft import Draft
from stacks.errors import Problem
from stacks.secret_commands import set_command, supply_command, withdraw_command
from stacks.secret_sources import (
    HONEYBADGER_KEY,
    ISSUED_ELSEWHERE,
    PLATFORM,
    SecretUse,
    secrets_of,
)
from stacks.settings import ServiceSettings
from stacks.wording import unknown_key

DATABASE_URL = "DATABASE_URL"


def check_secrets(draft: Draft) -> Iterator[Problem]:
    """Every variable is in the catalogue; a supplied one has a value, no other has; only a generated one rotates here."""
    for name in draft.supplied or ():
        if name not in draft.catalogue and name != PLATFORM:
            known = (*draft.catalogue, PLATFORM)
            yield unknown_key(("supplied", name), known, draft.supplied or ())
    for variable in (draft.supplied or {}).get(PLATFORM, ()):
        if variable != HONEYBADGER_KEY:
            place = ("supplied", PLATFORM, variable)
            nothing = f"is supplied to nothing; the platform itself takes {HONEYBADGER_KEY}"
            yield Problem(place=place, text=nothing)
    for service, own in draft.each_service():
        supplied = None if draft.supplied is None else draft.supplied.get(service.name, {})
        yield from _variables(service, own, supplied or {})
        for use in secrets_of(service, own):
            text = _wrong(draft.stack or "STACK", service.name, use, supplied)
            if text is not None:
                yield Problem(place=(*_secrets(service), use.variable), text=text)


def _variables(
    service: Service, own: ServiceSettings, supplied: Mapping[str, object]
) -> Iterator[Problem]:
    known = (*service.secrets, *service.optional_secrets)
    for variable in own.secrets:
        if variable not in known:
            yield Problem(
                place=(*_secrets(service), variable), text=_unknown(service, variable, known)
            )
    used = {each.variable for each in secrets_of(service, own)}
    for variable in supplied:
        if variable not in known:
            place = ("supplied", service.name, variable)
            yield Problem(place=place, text=_unknown(service, variable, known))
        elif variable not in used:
            where = f"services.{service.name}.secrets"
            text = f"is used by nothing: {variable} is optional, and {where} does not name it"
            # Beside the mistake in the service: if its secrets are wrong, that is told and not this.
            yield Problem(place=(*_secrets(service), variable), text=text)


def _secrets(service: Service) -> tuple[str, str, str]:
    return ("services", service.name, "secrets")


def _unknown(service: Service, variable: str, known: tuple[str, ...]) -> str:
    if variable == DATABASE_URL:
        way = f"services.{service.name}.database.rotation gives it a new password"
        return f"comes with the database of {service.name}; {way}"
    declared = f"those of {service.name} are {', '.join(known)}"
    return f"is no secret that stacks/catalogue.py declares; {declared}"


def _wrong(
    stack: str, service: str, use: SecretUse, supplied: Mapping[str, object] | None
) -> str | None:
    commands = (stack, service, use.variable)
    if use.source == "generated" and (issuer := ISSUED_ELSEWHERE.get(use.variable)):
        return f"cannot be generated: {issuer} issues it; its source is external or supplied"
    if use.rotate and use.source != "generated":
        way = set_command(*commands) if use.source == "external" else supply_command(*commands)
        return f"is {use.source}, and rotate makes no new value for it; this sets one: {way}"
    if supplied is None:  # what is wrong there is told there
        return None
    if use.source == "supplied" and use.variable not in supplied:
        return f"is supplied, and has no value yet; this sets it: {supply_command(*commands)}"
    if use.source != "supplied" and use.variable in supplied:
        return (
            f"is {use.source}, and has a value in this file all the same; write source: supplied,"
            f" or remove the value: {withdraw_command(*commands)}"
        )
    return None
