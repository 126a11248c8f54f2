"""What people look at: a dashboard of each service, and one of what all share."""

from __future__ import annotations

from collections.abc import Mapping

from components.observability.dashboard import Dashboard, DashboardArgs
from components.observability.dashboard_tables import (
    DATABASE,
    SERVICE_ITSELF,
    platform_graphs,
    service_graphs,
)
from infra.ground import Ground, PlatformService
from infra.watching import (
    database_dimensions,
    firewall_dimensions,
    nat_gateways,
    service_dimensions,
)
from stacks import names
from stacks.catalogue import Service


def build_dashboards(
    ground: Ground, catalogue: Mapping[str, Service], built: Mapping[str, PlatformService]
) -> None:
    """Of the services that have an image, and of the platform."""
    for service in catalogue.values():
        if ground.settings.services[service.name].image:
            _service(ground, service, built[service.name])
    _platform(ground)


def _service(ground: Ground, service: Service, built: PlatformService) -> None:
    slug, group = names.slug(service.name), built.fargate.target_group_arn_suffix
    Dashboard(
        f"{slug}-page",
        DashboardArgs(
            dashboard_name=f"turnstay-{ground.settings.stack}-{slug}",
            region=ground.settings.account.region,
            graphs=service_graphs(
                public=group is not None,
                latency_ms=service.objectives.latency_ms,
                database=service.database is not None,
            ),
            dimensions={
                SERVICE_ITSELF: service_dimensions(ground, slug, group),
                DATABASE: database_dimensions(ground, service.zone),
            },
        ),
        opts=ground.opts,
    )


def _platform(ground: Ground) -> None:
    servers = {zone: database_dimensions(ground, zone) for zone in ground.databases}
    gateways = nat_gateways(ground)
    Dashboard(
        "platform-page",
        DashboardArgs(
            dashboard_name=f"turnstay-{ground.settings.stack}",
            region=ground.settings.account.region,
            graphs=platform_graphs(servers=list(servers), gateways=list(gateways)),
            dimensions={
                "edge": {"LoadBalancer": ground.load_balancer.arn_suffix},
                "firewall": firewall_dimensions(ground),
                **servers,
                **gateways,
            },
        ),
        opts=ground.opts,
    )
