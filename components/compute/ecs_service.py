"""The ECS service: keeps tasks of a revision running, and replaces them without a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pulumi
import pulumi_aws as aws

from components.compute.capacity import Capacity
from components.compute.container_definitions import APP
from components.compute.service_connect import service_connect
from components.compute.task_log import LogTarget

PLATFORM_VERSION: Final = "LATEST"


@dataclass(frozen=True, kw_only=True)
class EcsServiceArgs:
    """Inputs of EcsService."""

    service_name: str
    cluster_arn: pulumi.Input[str]
    task_definition_arn: pulumi.Input[str]
    port: int
    first_tasks: int
    """How many tasks a new service begins with; later their number belongs to the autoscaler."""
    capacity: Capacity
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    security_group_id: pulumi.Input[str]
    namespace_arn: pulumi.Input[str] | None
    target_group_arn: pulumi.Input[str] | None
    health_check_grace_seconds: int
    log: LogTarget
    needs: Sequence[pulumi.Resource]
    """What a task cannot start without and the service does not refer to: policies, rules, the log, the listener rule."""
    deployment_alarms: Sequence[str] = ()
    """Names of metric alarms that roll a deployment back; they are among `needs`."""
    tags: Mapping[str, str] = field(default_factory=dict)


class EcsService(pulumi.ComponentResource):
    """Rolls out by itself and back by itself; registering it does not wait for either."""

    arn: pulumi.Output[str]
    name: pulumi.Output[str]
    deployment: Mapping[str, pulumi.Input[Any]]
    """What begins a deployment when it changes, besides the task definition: for the rollout gate."""

    def __init__(
        self, name: str, args: EcsServiceArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:EcsService", name, {}, opts)

        service = aws.ecs.Service(
            f"{name}-service",
            name=args.service_name,
            cluster=args.cluster_arn,
            task_definition=args.task_definition_arn,
            desired_count=args.first_tasks,
            capacity_provider_strategies=[
                aws.ecs.ServiceCapacityProviderStrategyArgs(
                    capacity_provider=provider, base=base, weight=weight
                )
                for provider, base, weight in args.capacity.strategy()
            ],
            # Without it the provider replaces the service when the strategy changes: an outage. Only an
            # update that changes something else too makes a deployment of it.
            force_new_deployment=True,
            platform_version=PLATFORM_VERSION,
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=args.subnet_ids,
                security_groups=[args.security_group_id],
                assign_public_ip=False,
            ),
            load_balancers=_load_balancers(args),
            service_connect_configuration=(
                service_connect(args.service_name, args.port, args.namespace_arn, args.log)
                if args.namespace_arn is not None
                else None
            ),
            deployment_minimum_healthy_percent=100,
            deployment_maximum_percent=200,
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(
                enable=True, rollback=True
            ),
            alarms=_alarms(args),
            availability_zone_rebalancing="ENABLED",
            health_check_grace_period_seconds=args.health_check_grace_seconds,
            enable_execute_command=False,  # it needs a writable root; the debug task has one
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            wait_for_steady_state=False,  # it calls a rollback success: the rollout gate waits
            tags=args.tags,
            opts=pulumi.ResourceOptions(
                parent=self,
                depends_on=list(args.needs),
                ignore_changes=["desiredCount"],
                delete_before_replace=True,  # its name is a contract, and taken until it is gone
            ),
        )

        self.arn = service.arn
        self.name = service.name
        self.deployment = _deployment(args)
        self.register_outputs({"arn": self.arn, "name": self.name, "deployment": self.deployment})


def _deployment(args: EcsServiceArgs) -> dict[str, Any]:
    """All of the service but its tags: with `force_new_deployment` each update of it is a deployment."""
    found = {
        "alarms": list(args.deployment_alarms) or None,
        "capacity": [list(share) for share in args.capacity.strategy()],
        "healthCheckGraceSeconds": args.health_check_grace_seconds,
        "namespace": args.namespace_arn,
        "platformVersion": PLATFORM_VERSION,
        "port": args.port,
        "securityGroup": args.security_group_id,
        "subnets": args.subnet_ids,
        "targetGroup": args.target_group_arn,
    }
    return {key: value for key, value in found.items() if value is not None}


def _alarms(args: EcsServiceArgs) -> aws.ecs.ServiceAlarmsArgs | None:
    if not args.deployment_alarms:
        return None
    return aws.ecs.ServiceAlarmsArgs(
        alarm_names=list(args.deployment_alarms), enable=True, rollback=True
    )


def _load_balancers(args: EcsServiceArgs) -> list[aws.ecs.ServiceLoadBalancerArgs] | None:
    if args.target_group_arn is None:
        return None
    return [
        aws.ecs.ServiceLoadBalancerArgs(
            target_group_arn=args.target_group_arn, container_name=APP, container_port=args.port
        )
    ]
