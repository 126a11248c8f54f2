"""What an operator asks a stack for: `pulumi stack output`."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.compute.debug_task import DebugTask
from infra.ground import Ground, PlatformService


def export(
    ground: Ground,
    services: Mapping[str, PlatformService],
    debug_tasks: Mapping[str, DebugTask],
) -> None:
    """Hosts, cluster, load balancer, where each service's images go, and what a person needs to look around."""
    settings = ground.settings.services
    pulumi.export(
        "hosts", {name: f"https://{each.host}" for name, each in settings.items() if each.host}
    )
    pulumi.export("cluster", ground.cluster.name)
    pulumi.export("load_balancer", ground.load_balancer.dns_name)
    pulumi.export("repositories", {name: each.repository.url for name, each in services.items()})
    pulumi.export(
        "without_image", sorted(name for name, each in settings.items() if each.image is None)
    )
    pulumi.export(
        "debug_tasks",
        {
            name: {
                "task_definition": task.task_definition_arn,
                "security_group": services[name].fargate.security_group_id,
            }
            for name, task in debug_tasks.items()
        },
    )
    pulumi.export(
        "databases",
        {
            zone: pulumi.Output.concat(server.address, ":", server.port.apply(str))
            for zone, server in ground.databases.items()
        },
    )
