"""How many tasks a service has, and of which kind."""

from __future__ import annotations

from components.compute.capacity import Capacity
from components.compute.scaling import Scaling
from tests.components.compute.samples import (
    public_route,
)
from tests.components.compute.service_recording import recorded

SERVICE = "aws:ecs/service:Service"


def test_autoscaling_keeps_cpu_and_memory_of_an_internal_service() -> None:
    recording = recorded()
    assert recording.one("aws:appautoscaling/target:Target", "ledger-target").inputs == {
        "serviceNamespace": "ecs",
        "scalableDimension": "ecs:service:DesiredCount",
        "resourceId": "service/turnstay-staging/ledger",
        "minCapacity": 2,
        "maxCapacity": 6,
        "tags": {"service": "ledger"},
    }
    policies = {
        each.name: each.inputs["targetTrackingScalingPolicyConfiguration"]
        for each in recording.all("aws:appautoscaling/policy:Policy")
    }
    cooldowns = {"scaleInCooldown": 300, "scaleOutCooldown": 60}
    assert policies == {
        "ledger-cpu": {
            "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageCPUUtilization"
            },
            "targetValue": 60,
            **cooldowns,
        },
        "ledger-memory": {
            "predefinedMetricSpecification": {
                "predefinedMetricType": "ECSServiceAverageMemoryUtilization"
            },
            "targetValue": 75,
            **cooldowns,
        },
    }


def test_spot_shares_are_an_update_of_the_service_and_never_a_replacement() -> None:
    capacity = Capacity(on_demand_base=1, on_demand_weight=1, spot_weight=3)
    service = recorded(capacity=capacity).one(SERVICE, "ledger-service")
    assert service.inputs["capacityProviderStrategies"] == [
        {"capacityProvider": "FARGATE", "base": 1, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 3},
    ]
    assert service.inputs["forceNewDeployment"] is True


def test_a_public_service_may_be_scaled_by_its_requests_too() -> None:
    scaling = Scaling(requests_per_target_per_minute=900)
    recording = recorded(public=public_route(), scaling=scaling)
    policy = recording.one("aws:appautoscaling/policy:Policy", "ledger-requests")
    label = "app/edge/50dc6c495c0c9188/targetgroup/ledger-tg-1234567/73e2d6bc24d8a067"
    assert policy.inputs["targetTrackingScalingPolicyConfiguration"] == {
        "predefinedMetricSpecification": {
            "predefinedMetricType": "ALBRequestCountPerTarget",
            "resourceLabel": label,
        },
        "targetValue": 900,
        "scaleInCooldown": 300,
        "scaleOutCooldown": 60,
    }
