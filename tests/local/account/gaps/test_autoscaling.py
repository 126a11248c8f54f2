"""Scalable targets of services that really run, with tags."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import SLEEP, Workbench


def test_a_target_of_a_running_service_has_tags(bench: Workbench) -> None:
    bench.create(bench.define({"command": SLEEP}), count=0)
    scaling = bench.client("application-autoscaling")
    arn = scaling.register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId=f"service/{bench.cluster}/web",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=1,
        MaxCapacity=4,
        Tags={"a": "1", "b": "2"},
    )["ScalableTargetARN"]
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"a": "1", "b": "2"}
    scaling.tag_resource(ResourceARN=arn, Tags={"a": "3"})
    scaling.untag_resource(ResourceARN=arn, TagKeys=["b"])
    assert scaling.list_tags_for_resource(ResourceARN=arn)["Tags"] == {"a": "3"}
    with pytest.raises(ClientError, match="No scalable target found"):
        scaling.list_tags_for_resource(ResourceARN=f"{arn}x")


def test_a_service_that_does_not_run_is_no_target(bench: Workbench) -> None:
    with pytest.raises(ClientError, match="ECS service doesn't exist"):
        bench.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs",
            ResourceId=f"service/{bench.cluster}/none",
            ScalableDimension="ecs:service:DesiredCount",
            MinCapacity=1,
            MaxCapacity=4,
        )
