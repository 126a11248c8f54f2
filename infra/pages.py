"""The alarms that page, by the runbook they point at: whom the second way of alerts has to know by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from components.observability.honeybadger_notice import pages_of, together
from components.observability.money_flows import FLOWS, flow_alarm
from components.observability.objectives import Definitions
from infra import alarm_tables as tables
from infra.ground import Ground
from infra.watching import alarm_prefix
from stacks import names
from stacks.catalogue import Service


def pages(ground: Ground, catalogue: Mapping[str, Service]) -> dict[str, list[str]]:
    """Whole names; those of a service's alarms before there are any, so that its first release changes no rule."""
    return together(
        [
            pages_of(alarm_prefix(ground, what), definitions)
            for what, definitions in _sets(ground, catalogue)
        ]
    )


def _sets(ground: Ground, catalogue: Mapping[str, Service]) -> Iterator[tuple[str, Definitions]]:
    settings = ground.settings
    for service in catalogue.values():
        own, slug = settings.services[service.name], names.slug(service.name)
        yield slug, tables.service_definitions(settings, service)
        if service.money_flow and own.money_flow_hours:
            flow = FLOWS[service.money_flow]
            yield (
                slug,
                flow_alarm(flow, stack=settings.stack, within_hours=own.money_flow_hours),
            )
    yield "edge", tables.edge_definitions(catalogue)
    yield "alerts", tables.TOPIC
