"""A service names the alarms that judge its deployments, and comes after them."""

from __future__ import annotations

import pulumi
import pytest

from components.compute.deployment_alarms import DeploymentAlarms
from components.compute.target_group import PublicRoute
from tests.components.compute.samples import judge, public_route
from tests.components.compute.service_recording import recorded

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"
SERVICE = "aws:ecs/service:Service"


def test_a_deployment_is_rolled_back_by_alarms_that_are_there_first() -> None:
    recording = recorded(judged_by=judge)
    service = recording.one(SERVICE, "ledger-service")
    assert service.inputs["alarms"] == {"alarmNames": ["errors"], "enable": True, "rollback": True}
    assert recording.one(ALARM, "errors").urn in service.dependencies


def test_without_alarms_the_circuit_breaker_judges_alone() -> None:
    assert "alarms" not in recorded().one(SERVICE, "ledger-service").inputs


@pytest.mark.parametrize("public", [None, public_route()], ids=["internal", "public"])
def test_the_alarms_see_the_target_group_of_a_public_service(public: PublicRoute | None) -> None:
    seen: list[pulumi.Output[str] | None] = []

    def looking(target_group: pulumi.Output[str] | None) -> DeploymentAlarms:
        seen.append(target_group)
        return judge()

    recorded(judged_by=looking, public=public)
    assert [each is None for each in seen] == [public is None]


def test_a_service_without_an_image_is_judged_by_nothing() -> None:
    assert recorded(judged_by=judge, image=None).names(ALARM) == set()
