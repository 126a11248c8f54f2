"""Which alarms a stack has, told from its settings and the catalogue alone, and what they cost."""

from __future__ import annotations

from collections.abc import Mapping

from components.observability.cost import monthly_cost_usd
from components.observability.money_flows import FLOWS, flow_alarm
from components.observability.objectives import (
    Definitions,
    deployment,
    internal_service,
    load_balancer,
    public_service,
)
from components.observability.tables.databases import database_table
from components.observability.tables.delivery import (
    dead_letter_table,
    function_table,
    schedule_table,
    test_page_table,
    topic_table,
)
from components.observability.tables.edge import certificate_table, firewall_table
from components.observability.tables.network import nat_table
from stacks.catalogue import Service
from stacks.database_settings import DatabaseSettings
from stacks.names import slug
from stacks.postgres_classes import MEMORY_GIB, max_connections, vcpus
from stacks.settings import NetworkSettings, StackSettings

ZONES = ("general", "card")


def service_definitions(settings: StackSettings, service: Service) -> Definitions:
    """Of a service that has an image: its objectives, and what it lacks."""
    promised, own = service.objectives, settings.services[service.name]
    if service.exposure == "internal":
        return internal_service(
            availability_percent=promised.availability_percent,
            latency_ms=promised.latency_ms,
            min_tasks=own.min_tasks,
        )
    return public_service(
        availability_percent=promised.availability_percent,
        latency_ms=promised.latency_ms,
        latency_percent=promised.latency_percent,
        min_tasks=own.min_tasks,
    )


def edge_definitions(catalogue: Mapping[str, Service]) -> Definitions:
    """Of the load balancer, by the strictest promise behind it."""
    public = [each for each in catalogue.values() if each.exposure == "public"]
    return load_balancer(
        availability_percent=max(each.objectives.availability_percent for each in public)
    )


def database_definitions(own: DatabaseSettings) -> Definitions:
    """Of a server, by what its class gives it."""
    return Definitions(
        alarms=database_table(
            memory_gib=MEMORY_GIB[own.instance_class],
            vcpus=vcpus(own.instance_class),
            storage_gib=own.storage_gib,
            max_connections=max_connections(own.instance_class),
        )
    )


def nat_zones(network: NetworkSettings) -> tuple[str, ...]:
    """The zones that a NAT gateway stands in, in the order of the gateways."""
    return network.availability_zones[: None if network.nat_gateways == "one_per_zone" else 1]


NAT = Definitions(alarms=nat_table())
CERTIFICATE = Definitions(alarms=certificate_table())
FIREWALL = Definitions(alarms=firewall_table())
TOPIC = Definitions(alarms=(*topic_table(), *test_page_table()))
RELAY = Definitions(alarms=function_table())
DEAD_LETTERS = Definitions(alarms=dead_letter_table())
SCHEDULES = Definitions(alarms=schedule_table())


def monthly_bill_usd(settings: StackSettings, catalogue: Mapping[str, Service]) -> dict[str, float]:
    """By what is watched, as if every service had an image: CloudWatch's alarms in USD a month, list price."""
    sets = {slug(each.name): _of(settings, each) for each in catalogue.values()}
    sets["edge"] = [edge_definitions(catalogue)]
    for zone in ZONES:
        sets[f"{zone}-database"] = [database_definitions(getattr(settings.databases, zone))]
    sets["nat"] = [NAT for _ in nat_zones(settings.network)]
    sets |= {"certificate": [CERTIFICATE], "firewall": [FIREWALL], "alerts": [TOPIC]}
    sets["alert-delivery"] = [RELAY, DEAD_LETTERS, DEAD_LETTERS, SCHEDULES]
    return {what: monthly_cost_usd(definitions) for what, definitions in sets.items()}


def _of(settings: StackSettings, service: Service) -> list[Definitions]:
    own = settings.services[service.name]
    found = [
        service_definitions(settings, service),
        deployment(public=service.exposure == "public"),
    ]
    if service.money_flow and own.money_flow_hours:
        flow = FLOWS[service.money_flow]
        found.append(flow_alarm(flow, stack=settings.stack, within_hours=own.money_flow_hours))
    return found
