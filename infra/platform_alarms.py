"""Alarms of what all services share."""

from __future__ import annotations

from collections.abc import Mapping

from components.observability.objectives import Definitions, load_balancer
from components.observability.tables.databases import database_table
from components.observability.tables.delivery import topic_table
from components.observability.tables.edge import certificate_table, firewall_table
from components.observability.tables.network import nat_table
from infra.ground import Ground
from infra.watching import database_dimensions, firewall_dimensions, nat_gateways, watch
from stacks import names
from stacks.catalogue import Service
from stacks.database_settings import DatabaseSettings
from stacks.postgres_classes import MEMORY_GIB, max_connections, vcpus


def build_platform_alarms(ground: Ground, catalogue: Mapping[str, Service]) -> None:
    """Of the load balancer, by the strictest promise behind it; of databases, ways out, certificate, firewall, topic."""
    promised = [
        each.objectives.availability_percent
        for each in catalogue.values()
        if each.exposure == "public"
    ]
    watch(
        ground,
        "edge",
        load_balancer(availability_percent=max(promised)),
        {"LoadBalancer": ground.load_balancer.arn_suffix},
    )
    for zone in ground.databases:
        definitions = _database(getattr(ground.settings.databases, zone))
        watch(ground, f"{zone}-database", definitions, database_dimensions(ground, zone))
    for gateway, dimensions in nat_gateways(ground).items():
        watch(ground, gateway, Definitions(alarms=nat_table()), dimensions)
    watch(
        ground,
        "certificate",
        Definitions(alarms=certificate_table()),
        {"CertificateArn": ground.certificate_arn},
    )
    watch(ground, "firewall", Definitions(alarms=firewall_table()), firewall_dimensions(ground))
    topic = names.alert_topic_name(ground.settings.stack)
    watch(ground, "alerts", Definitions(alarms=topic_table()), {"TopicName": topic})


def _database(own: DatabaseSettings) -> Definitions:
    return Definitions(
        alarms=database_table(
            memory_gib=MEMORY_GIB[own.instance_class],
            vcpus=vcpus(own.instance_class),
            storage_gib=own.storage_gib,
            max_connections=max_connections(own.instance_class),
        )
    )
