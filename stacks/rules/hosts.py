"""Who has a host on the internet, and under which domain."""

from __future__ import annotations

from collections.abc import Iterator

from stacks.catalogue import Service
from stacks.draft import Draft
from stacks.errors import Problem
from stacks.settings import ServiceSettings
from stacks.wording import shown


def check_hosts(draft: Draft) -> Iterator[Problem]:
    """Public services have their own host in the domain, others none; the zone holds the domain."""
    if draft.edge is not None and not _within(draft.edge.domain, draft.edge.hosted_zone):
        zone, domain = draft.edge.hosted_zone, draft.edge.domain
        text = f'"{zone}" is neither edge.domain {domain} nor a parent of it'
        yield Problem(place=("edge", "hosted_zone"), text=text)
    taken: dict[str, str] = {}
    for service, settings in draft.each_service():
        yield from _host(service, settings, draft.edge.domain if draft.edge else None, taken)


def _host(
    service: Service, settings: ServiceSettings, domain: str | None, taken: dict[str, str]
) -> Iterator[Problem]:
    place, host = ("services", service.name, "host"), settings.host
    if service.exposure == "internal":
        if host is not None:
            text = (
                f"{shown(place, host)} is not possible: {service.name} is internal in the catalogue"
            )
            yield Problem(place=place, text=text)
        return
    if host is None:
        under = domain or "edge.domain"
        text = f"is missing: {service.name} is public and needs a host under {under}"
        yield Problem(place=place, text=text)
        return
    if domain is not None and not _within(host, domain):
        yield Problem(place=place, text=f"{shown(place, host)} is not under edge.domain {domain}")
    if host in taken:
        yield Problem(
            place=place, text=f"{shown(place, host)} is the host of {taken[host]} already"
        )
    taken.setdefault(host, service.name)


def _within(name: str, parent: str) -> bool:
    return name == parent or name.endswith(f".{parent}")
