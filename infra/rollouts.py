"""The gates: an update fails until the revision that it asked for is the one that serves."""

from __future__ import annotations

from collections.abc import Mapping

from components.compute.rollout_gate import RolloutGate, RolloutGateArgs
from infra.ground import Ground, PlatformService
from stacks import names
from stacks.catalogue import Service


def build_rollout_gates(
    ground: Ground, catalogue: Mapping[str, Service], built: Mapping[str, PlatformService]
) -> list[RolloutGate]:
    """A gate behind each service that has an image.

    The ARNs of the callees are inputs of the caller's gate and nothing more: services do not depend on each other, for
    one that is refused must not hold up the rest.
    """
    gates = [_gate(ground, service, built) for service in catalogue.values()]
    return [each for each in gates if each]


def _gate(
    ground: Ground, service: Service, built: Mapping[str, PlatformService]
) -> RolloutGate | None:
    fargate = built[service.name].fargate
    if fargate.task_definition_arn is None or fargate.service_arn is None:
        return None
    callees = {callee: built[callee].fargate.service_arn for callee in service.calls}
    return RolloutGate(
        f"{names.slug(service.name)}-rollout",
        RolloutGateArgs(
            account_id=ground.settings.account.id,
            region=ground.settings.account.region,
            cluster_arn=ground.cluster.arn,
            service_name=fargate.service_name,
            service_arn=fargate.service_arn,
            task_definition_arn=fargate.task_definition_arn,
            deployment=fargate.deployment or {},
            callee_service_arns={name: arn for name, arn in callees.items() if arn is not None},
            log_group_name=fargate.log_group_name,
            timeout_seconds=ground.settings.compute.rollout_timeout_seconds,
        ),
        opts=ground.opts,
    )
