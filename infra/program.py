"""The whole platform, in the order in which a reader needs it."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.alarms import build_alarms
from infra.alert_delivery import build_alert_delivery
from infra.alerts import build_alerts
from infra.calls import build_calls
from infra.cluster import build_cluster, build_image_cache
from infra.dashboards import build_dashboards
from infra.databases import build_databases
from infra.debug_tasks import build_debug_tasks
from infra.delivery import build_delivery
from infra.edge import build_edge
from infra.ground import Ground
from infra.keys import build_keys
from infra.network import build_network
from infra.outputs import export
from infra.packages import build_packages
from infra.provider import build_provider
from infra.role_limits import build_role_limits
from infra.rollouts import build_rollout_gates
from infra.secret_readers import build_secret_readers
from infra.service_database import build_service_databases
from infra.service_secrets import build_service_secrets
from infra.services import build_services
from stacks.catalogue import CATALOGUE, Service
from stacks.settings import StackSettings


async def run(settings: StackSettings, catalogue: Mapping[str, Service] = CATALOGUE) -> None:
    """Register every resource of one stack, and wait for what comes last.

    The SDK would wait as well, in a loop that looks at all that is under way each time that something is done: without
    this line that is a third of the program's time (benchmarks/program.py).
    """
    await build(settings, catalogue).future()


def build(
    settings: StackSettings, catalogue: Mapping[str, Service] = CATALOGUE
) -> pulumi.Output[list[str]]:
    """Register every resource of one stack; the output is there when the last gate has let its service pass.

    Each capability is one module; what one needs of another is handed over as a value, so the order of the calls is the
    order of the dependencies. Another catalogue than the real one is for benchmarks.
    """
    provider = build_provider(settings)
    opts = build_role_limits(settings, pulumi.ResourceOptions(providers=[provider]))
    keys = build_keys(settings, catalogue, opts)
    network = build_network(settings, keys, opts)
    edge = build_edge(settings, catalogue, network, keys, provider)
    cluster = build_cluster(settings, keys, opts)
    alerts = build_alerts(settings, opts)
    build_packages(settings, opts)
    ground = Ground(
        settings=settings,
        network=network,
        load_balancer=edge.load_balancer,
        certificate_arn=edge.certificate_arn,
        topic_arn=alerts.topic_arn,
        alerts_key_arn=alerts.key_arn,
        keys=keys,
        cluster=cluster,
        images=build_image_cache(settings, opts),
        databases=build_databases(settings, network, keys, opts),
        opts=opts,
    )
    databases = build_service_databases(ground, catalogue)
    secrets = build_service_secrets(ground, catalogue)
    services = build_services(ground, catalogue, databases, secrets)
    build_calls(ground, catalogue, services)
    gates = build_rollout_gates(ground, catalogue, services)
    debug_tasks = build_debug_tasks(ground, catalogue, services, databases, secrets)
    build_secret_readers(ground, databases, secrets, services, debug_tasks)
    notices = build_alarms(ground, catalogue, services)
    build_alert_delivery(ground, catalogue, notices)
    build_dashboards(ground, catalogue, services)
    build_delivery(settings, keys, services, provider)
    export(ground, services, debug_tasks)
    passed = [
        *(each.roles.ready for each in databases.values()),
        *(each.revision for each in gates),
    ]
    return pulumi.Output.all(*passed)
