"""Autoscaling of ECS services."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.shapes import from_aws, to_aws
from local.provider.values import Props, picked


def _of_target(state: Props) -> Props:
    """Name the target as every call of the API wants it."""
    return {
        "ServiceNamespace": state["serviceNamespace"],
        "ResourceId": state["resourceId"],
        "ScalableDimension": state["scalableDimension"],
    }


class Target(Handler):
    """aws.appautoscaling.Target."""

    type = "aws:appautoscaling/target:Target"
    inputs = words(
        "maxCapacity minCapacity resourceId scalableDimension serviceNamespace suspendedState tags"
    )
    replace = words("resourceId scalableDimension serviceNamespace")
    computed = ("arn",)
    filled = words("suspendedState")
    tagging = "application-autoscaling"

    def create(self, aws: Aws, new: Props) -> str:
        tags = {"Tags": new["tagsAll"]} if new["tagsAll"] else {}
        aws("application-autoscaling").register_scalable_target(**_capacity(new), **tags)
        return str(new["resourceId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("application-autoscaling").describe_scalable_targets(
            ServiceNamespace=state["serviceNamespace"],
            ResourceIds=[identity],
            ScalableDimension=state["scalableDimension"],
        )
        for target in answer["ScalableTargets"]:
            return {
                **picked(
                    target,
                    arn="ScalableTargetARN",
                    maxCapacity="MaxCapacity",
                    minCapacity="MinCapacity",
                    resourceId="ResourceId",
                    scalableDimension="ScalableDimension",
                    serviceNamespace="ServiceNamespace",
                ),
                "suspendedState": from_aws(target.get("SuspendedState", {})),
            }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("application-autoscaling").register_scalable_target(**_capacity(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("application-autoscaling").deregister_scalable_target(**_of_target(state))


def _capacity(new: Props) -> Props:
    suspended = new.get("suspendedState")
    return {
        **_of_target(new),
        "MinCapacity": new["minCapacity"],
        "MaxCapacity": new["maxCapacity"],
        **({"SuspendedState": to_aws(suspended)} if suspended else {}),
    }


class Policy(Handler):
    """aws.appautoscaling.Policy that tracks a target value."""

    type = "aws:appautoscaling/policy:Policy"
    inputs = words(
        "name policyType resourceId scalableDimension serviceNamespace"
        " targetTrackingScalingPolicyConfiguration"
    )
    replace = words("name resourceId scalableDimension serviceNamespace")
    computed = ("alarmArns", "arn")
    filled = words("targetTrackingScalingPolicyConfiguration")
    autoname = Autoname()

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["name"], {}, new)
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("application-autoscaling").describe_scaling_policies(
            PolicyNames=[identity], **_of_target(state)
        )
        for policy in answer["ScalingPolicies"]:
            # moto looks at the target alone, and answers its other policies too.
            if policy["PolicyName"] != identity:
                continue
            return {
                **picked(
                    policy,
                    arn="PolicyARN",
                    name="PolicyName",
                    policyType="PolicyType",
                    resourceId="ResourceId",
                    scalableDimension="ScalableDimension",
                    serviceNamespace="ServiceNamespace",
                ),
                "alarmArns": sorted(each["AlarmARN"] for each in policy.get("Alarms", [])),
                "targetTrackingScalingPolicyConfiguration": from_aws(
                    policy["TargetTrackingScalingPolicyConfiguration"]
                ),
            }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        configuration = to_aws(new["targetTrackingScalingPolicyConfiguration"])
        aws("application-autoscaling").put_scaling_policy(
            PolicyName=identity,
            PolicyType=new.get("policyType", "TargetTrackingScaling"),
            TargetTrackingScalingPolicyConfiguration=configuration,
            **_of_target(new),
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("application-autoscaling").delete_scaling_policy(
            PolicyName=identity, **_of_target(state)
        )


HANDLERS: Final = (Target(), Policy())
