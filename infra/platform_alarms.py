"""Alarms of what all services share."""

from __future__ import annotations

from collections.abc import Mapping

from infra import alarm_tables as tables
from infra.ground import Ground
from infra.watching import database_dimensions, firewall_dimensions, nat_gateways, watch
from stacks import names
from stacks.catalogue import Service


def build_platform_alarms(ground: Ground, catalogue: Mapping[str, Service]) -> None:
    """Of the load balancer, databases, ways out, certificate, firewall and topic."""
    balancer = {"LoadBalancer": ground.load_balancer.arn_suffix}
    watch(ground, "edge", tables.edge_definitions(catalogue), balancer)
    for zone in ground.databases:
        definitions = tables.database_definitions(getattr(ground.settings.databases, zone))
        watch(ground, f"{zone}-database", definitions, database_dimensions(ground, zone))
    for gateway, dimensions in nat_gateways(ground).items():
        watch(ground, gateway, tables.NAT, dimensions)
    certificate = {"CertificateArn": ground.certificate_arn}
    watch(ground, "certificate", tables.CERTIFICATE, certificate)
    watch(ground, "firewall", tables.FIREWALL, firewall_dimensions(ground))
    topic = names.alert_topic_name(ground.settings.stack)
    watch(ground, "alerts", tables.TOPIC, {"TopicName": topic})
