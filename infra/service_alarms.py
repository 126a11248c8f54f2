"""Alarms of the services: what customers notice, what a service lacks, and work that falls silent."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.deployment_alarms import DeploymentAlarms
from components.observability.deployment import deployment_alarm_names
from components.observability.money_flow_alarm import MoneyFlowAlarm, MoneyFlowAlarmArgs
from components.observability.money_flows import FLOWS
from components.observability.objectives import deployment
from infra.alarm_tables import service_definitions
from infra.ground import Ground, PlatformService
from infra.watching import alarm_prefix, service_dimensions, watch
from stacks import names
from stacks.catalogue import Service


def judge(
    ground: Ground, service: Service, target_group: pulumi.Output[str] | None
) -> DeploymentAlarms:
    """The alarms that roll a deployment of a service back; they are there before the service."""
    slug = names.slug(service.name)
    alarms = watch(
        ground,
        slug,
        deployment(public=target_group is not None),
        service_dimensions(ground, slug, target_group),
        owner=slug,
        name=f"{slug}-deployment",
    )
    return DeploymentAlarms(
        names=deployment_alarm_names(alarm_prefix(ground, slug)), resource=alarms
    )


def build_service_alarms(
    ground: Ground, catalogue: Mapping[str, Service], built: Mapping[str, PlatformService]
) -> None:
    """Of the services that have an image: of another one nothing runs that could be watched."""
    for service in catalogue.values():
        if ground.settings.services[service.name].image:
            group = built[service.name].fargate.target_group_arn_suffix
            slug = names.slug(service.name)
            watch(
                ground,
                slug,
                service_definitions(ground.settings, service),
                service_dimensions(ground, slug, group),
                owner=slug,
            )
            _money_flow(ground, service, slug, built[service.name].fargate.log_group)


def _money_flow(
    ground: Ground, service: Service, slug: str, log_group_name: pulumi.Output[str]
) -> None:
    within_hours = ground.settings.services[service.name].money_flow_hours
    if service.money_flow is None or within_hours is None:
        return
    MoneyFlowAlarm(
        f"{slug}-flow",
        MoneyFlowAlarmArgs(
            stack=ground.settings.stack,
            prefix=alarm_prefix(ground, slug),
            flow=FLOWS[service.money_flow],
            within_hours=within_hours,
            log_group_name=log_group_name,
            topic_arn=ground.topic_arn,
            owner=slug,
            runbooks_url=ground.settings.alarms.runbooks_url,
            tags={"service": slug},
        ),
        opts=ground.opts,
    )
