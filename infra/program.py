"""The whole platform, in the order in which a reader needs it."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from infra.calls import build_calls
from infra.cluster import build_cluster
from infra.debug_tasks import build_debug_tasks
from infra.edge import build_edge
from infra.ground import Ground
from infra.keys import build_keys
from infra.network import build_network
from infra.outputs import export
from infra.provider import build_provider
from infra.rollouts import build_rollout_gates
from infra.services import build_services
from stacks.catalogue import CATALOGUE, Service
from stacks.settings import StackSettings


def build(settings: StackSettings, catalogue: Mapping[str, Service] = CATALOGUE) -> None:
    """Register every resource of one stack.

    Each capability is one module; what one needs of another is handed over as a value, so the order of the calls is the
    order of the dependencies. Another catalogue than the real one is for benchmarks.
    """
    provider = build_provider(settings)
    opts = pulumi.ResourceOptions(providers=[provider])
    keys = build_keys(settings, catalogue, opts)
    network = build_network(settings, keys, opts)
    load_balancer = build_edge(settings, catalogue, network, keys, provider)
    cluster = build_cluster(settings, keys, opts)
    ground = Ground(
        settings=settings,
        network=network,
        load_balancer=load_balancer,
        keys=keys,
        cluster=cluster,
        opts=opts,
    )
    services = build_services(ground, catalogue)
    build_calls(ground, catalogue, services)
    build_rollout_gates(ground, catalogue, services)
    debug_tasks = build_debug_tasks(ground, catalogue, services)
    export(ground, services, debug_tasks)
