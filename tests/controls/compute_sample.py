"""A small platform: two services of the general zone, the card service, and what they need."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.debug_task import DebugTask
from components.compute.fargate_service import FargateService
from components.compute.image_repository import ImageRepository, ImageRepositoryArgs
from components.compute.rollout_gate import RolloutGate, RolloutGateArgs
from components.compute.service_call import ServiceCall, ServiceCallArgs
from components.compute.sidecar import Sidecar
from tests.components.compute.samples import debug_args, public_route, service_args
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record

CARD: Final = "secure-card-service"
SIDECAR: Final = Sidecar(name="collector", image=f"collector@sha256:{'c' * 64}", memory_mib=64)


@cache
def compute() -> Recording:
    """The sample, recorded once. Shared: never change it in place."""
    return record(_program)


def image(slug: str) -> str:
    return f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/turnstay-staging/{slug}@sha256:{'a' * 64}"


def secret(slug: str) -> str:
    return arn("secretsmanager", f"secret:turnstay-staging/{slug}/app-AbCdEf")


def _program() -> None:
    cluster = Cluster(
        "cluster",
        ClusterArgs(
            cluster_name="turnstay-staging",
            namespace_name="turnstay-staging",
            container_insights="enabled",
            exec_log_group_name="/turnstay/staging/exec",
            log_retention_days=365,
            logs_key_arn=arn("kms", "key/general-logs"),
        ),
    )
    balancer, listener = _load_balancer()
    services = {
        slug: _service(slug, zone, cluster, listener if public else None, priority)
        for priority, (slug, zone, public) in enumerate(
            [("ledger", "general", False), ("api", "general", True), (CARD, "card", True)], 1
        )
    }
    pulumi.export("balancer", balancer.arn)
    for caller, callee in (("api", "ledger"), ("api", CARD)):
        ServiceCall(
            f"{caller}-calls-{callee}",
            ServiceCallArgs(
                caller_security_group_id=services[caller].security_group_id,
                callee_security_group_id=services[callee].security_group_id,
                callee_port=8000,
                description=f"{caller} calls {callee}",
            ),
        )
    DebugTask("ledger-debug", debug_args())


def _load_balancer() -> tuple[aws.lb.LoadBalancer, aws.lb.Listener]:
    group = aws.ec2.SecurityGroup("edge", description="Load balancer")
    balancer = aws.lb.LoadBalancer("edge", security_groups=[group.id], idle_timeout=65)
    listener = aws.lb.Listener(
        "edge",
        load_balancer_arn=balancer.arn,
        default_actions=[aws.lb.ListenerDefaultActionArgs(type="fixed-response")],
    )
    return balancer, listener


def _service(
    slug: str, zone: str, cluster: Cluster, listener: aws.lb.Listener | None, priority: int
) -> FargateService:
    images = ImageRepository(
        f"{slug}-images",
        ImageRepositoryArgs(
            repository_name=f"turnstay-staging/{slug}",
            key_arn=arn("kms", f"key/{zone}-images"),
            images_kept=30,
            protect=True,
        ),
    )
    route: Any = None
    if listener is not None:
        host = f"{slug}.staging.example.com"
        route = public_route(listener_arn=listener.arn, host=host, priority=priority)
    service = FargateService(
        slug,
        service_args(
            service_name=slug,
            family=f"turnstay-staging-{slug}",
            tags={"service": slug},
            cluster_arn=cluster.arn,
            namespace_arn=cluster.namespace_arn,
            subnet_ids=["private-a", "private-b"],
            image=image(slug),
            repository_arn=images.arn,
            secrets={"SECRET_KEY": f"{secret(slug)}:secret_key::"},
            secret_arns=[secret(slug)],
            secret_key_arns=[arn("kms", f"key/{zone}-secrets")],
            log_group_name=f"/turnstay/staging/{slug}",
            logs_key_arn=arn("kms", f"key/{zone}-logs"),
            mask_card_numbers=zone == "card",
            public=route,
            sidecars=[SIDECAR],
        ),
    )
    _gate(slug, service, cluster)
    return service


def _gate(slug: str, service: FargateService, cluster: Cluster) -> None:
    assert service.service_arn is not None
    assert service.task_definition_arn is not None
    assert service.deployment is not None
    RolloutGate(
        f"{slug}-rollout",
        RolloutGateArgs(
            account_id=ACCOUNT,
            region=REGION,
            cluster_arn=cluster.arn,
            service_name=slug,
            service_arn=service.service_arn,
            task_definition_arn=service.task_definition_arn,
            deployment=service.deployment,
            log_group_name=service.log_group_name,
            timeout_seconds=900,
        ),
    )
