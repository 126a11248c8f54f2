"""What an operator asks a stack for: `pulumi stack output`."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.cluster import Cluster
from components.edge.load_balancer import PublicLoadBalancer
from infra.ground import PlatformService
from stacks.settings import StackSettings


def export(
    settings: StackSettings,
    cluster: Cluster,
    load_balancer: PublicLoadBalancer,
    services: Mapping[str, PlatformService],
) -> None:
    """Hosts, cluster, load balancer, and where each service's images go."""
    pulumi.export(
        "hosts",
        {name: f"https://{each.host}" for name, each in settings.services.items() if each.host},
    )
    pulumi.export("cluster", cluster.name)
    pulumi.export("load_balancer", load_balancer.dns_name)
    pulumi.export("repositories", {name: each.repository.url for name, each in services.items()})
    pulumi.export(
        "without_image", sorted(name for name, each in settings.services.items() if not each.image)
    )
