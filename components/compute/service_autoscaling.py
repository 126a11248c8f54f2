"""Keeps the number of a service's tasks where its load needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.compute.scaling import (
    REQUESTS,
    SCALE_IN_COOLDOWN_SECONDS,
    SCALE_OUT_COOLDOWN_SECONDS,
    Scaling,
)


@dataclass(frozen=True, kw_only=True)
class ServiceAutoscalingArgs:
    """Inputs of ServiceAutoscaling."""

    cluster_name: str
    service_name: pulumi.Input[str]
    min_tasks: int
    max_tasks: int
    scaling: Scaling
    # Load balancer and target group as CloudWatch names them; needed to count requests.
    request_label: pulumi.Input[str] | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


class ServiceAutoscaling(pulumi.ComponentResource):
    """One target-tracking policy for each target of `scaling`; the service's desired count is theirs."""

    def __init__(
        self, name: str, args: ServiceAutoscalingArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:ServiceAutoscaling", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        target = aws.appautoscaling.Target(
            f"{name}-target",
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=pulumi.Output.concat("service/", args.cluster_name, "/", args.service_name),
            min_capacity=args.min_tasks,
            max_capacity=args.max_tasks,
            tags=args.tags,
            opts=child,
        )
        for kind, (metric, value) in args.scaling.targets().items():
            aws.appautoscaling.Policy(
                f"{name}-{kind}",
                policy_type="TargetTrackingScaling",
                service_namespace=target.service_namespace,
                scalable_dimension=target.scalable_dimension,
                resource_id=target.resource_id,
                target_tracking_scaling_policy_configuration=_tracking(
                    metric, value, args.request_label if metric == REQUESTS else None
                ),
                opts=child,
            )

        self.register_outputs({})


def _tracking(
    metric: str, value: int, label: pulumi.Input[str] | None
) -> aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs:
    configuration = aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs
    metric_type = (
        aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecificationArgs
    )
    return configuration(
        predefined_metric_specification=metric_type(
            predefined_metric_type=metric, resource_label=label
        ),
        target_value=float(value),
        scale_in_cooldown=SCALE_IN_COOLDOWN_SECONDS,
        scale_out_cooldown=SCALE_OUT_COOLDOWN_SECONDS,
    )
