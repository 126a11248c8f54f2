"""Tasks as targets of a load balancer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.elbv2.models import elbv2_backends

from tests.local.account.workbench import PORT, Json, Workbench, until


class Balancer:
    """A load balancer whose one listener forwards to one target group."""

    def __init__(self, bench: Workbench) -> None:
        self.client = bench.client("elbv2")
        group = self.client.create_target_group(
            Name=bench.cluster,
            Protocol="HTTP",
            Port=8000,
            VpcId=bench.vpc,
            TargetType="ip",
            HealthCheckPath="/health",
            HealthCheckTimeoutSeconds=2,
            HealthyThresholdCount=2,
            UnhealthyThresholdCount=2,
        )
        self.arn = group["TargetGroups"][0]["TargetGroupArn"]
        # AWS offers 5 seconds at least; a test does not wait as long.
        groups = elbv2_backends[bench.account.account_id]["eu-west-1"].target_groups
        groups[self.arn].health_check_interval_seconds = 0.3  # type: ignore[assignment]
        made = self.client.create_load_balancer(Name=bench.cluster, Subnets=bench.subnets)
        self.balancer_arn = made["LoadBalancers"][0]["LoadBalancerArn"]

    def listen(self) -> None:
        """Forward what comes to port 80."""
        forward: Any = [{"Type": "forward", "TargetGroupArn": self.arn}]
        self.client.create_listener(
            LoadBalancerArn=self.balancer_arn, Protocol="HTTP", Port=80, DefaultActions=forward
        )

    def health(self) -> list[Json]:
        """What is known of the targets."""
        found: list[Json] = self.client.describe_target_health(TargetGroupArn=self.arn)[
            "TargetHealthDescriptions"
        ]
        return found

    @property
    def wanted(self) -> Json:
        """How a service asks for its tasks to be targets."""
        return {
            "loadBalancers": [
                {"targetGroupArn": self.arn, "containerName": "app", "containerPort": 8000}
            ]
        }


@pytest.fixture
def balancer(bench: Workbench) -> Balancer:
    made = Balancer(bench)
    made.listen()
    return made


def serving(unwell: Path) -> Json:
    """A container that answers 500 while there is a file."""
    return {"command": ["python", "serve.py", "--port", "8000", str(unwell)], "portMappings": PORT}


def test_a_task_that_answers_is_a_healthy_target(
    bench: Workbench, balancer: Balancer, tmp_path: Path
) -> None:
    bench.create(bench.define(serving(tmp_path / "unwell")), **balancer.wanted)
    bench.rollout("COMPLETED")
    ports = {
        bench.task(arn)["containers"][0]["networkBindings"][0]["hostPort"] for arn in bench.tasks()
    }
    targets = balancer.health()
    assert {(each["Target"]["Id"], each["Target"]["Port"]) for each in targets} == {
        ("127.0.0.1", p) for p in ports
    }
    assert {each["TargetHealth"]["State"] for each in targets} == {"healthy"}


def test_a_rollout_waits_for_its_targets_and_ended_tasks_are_none(
    bench: Workbench, balancer: Balancer, tmp_path: Path
) -> None:
    unwell = tmp_path / "unwell"
    unwell.touch()
    bench.create(
        bench.define(serving(unwell)), count=1, healthCheckGracePeriodSeconds=600, **balancer.wanted
    )
    health = until(balancer.health, "a target")[0]["TargetHealth"]
    assert (health["State"], health["Reason"]) == ("initial", "Elb.InitialHealthChecking")
    assert bench.service()["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    unwell.unlink()
    bench.rollout("COMPLETED")
    bench.ecs.delete_service(cluster=bench.cluster, service="web", force=True)
    bench.inactive()
    assert balancer.health() == []


def test_a_target_that_answers_wrongly_is_unhealthy_and_its_task_is_replaced(
    bench: Workbench, balancer: Balancer, tmp_path: Path
) -> None:
    unwell = tmp_path / "unwell"
    bench.create(bench.define(serving(unwell)), count=1, **balancer.wanted)
    bench.rollout("COMPLETED")
    first = bench.tasks()[0]
    unwell.touch()
    reason = bench.wait(first)["stoppedReason"]
    assert reason == f"Task failed ELB health checks in (target-group {balancer.arn})"


def test_an_unhealthy_target_says_what_was_found_and_holds_up_the_rollout(
    bench: Workbench, balancer: Balancer, tmp_path: Path
) -> None:
    unwell = tmp_path / "unwell"
    unwell.touch()
    bench.create(
        bench.define(serving(unwell)), count=1, healthCheckGracePeriodSeconds=600, **balancer.wanted
    )

    def look() -> Json | None:
        found: list[Json] = [each["TargetHealth"] for each in balancer.health()]
        return next((each for each in found if each["State"] == "unhealthy"), None)

    health = until(look, "an unhealthy target")
    assert health["Reason"] == "Target.ResponseCodeMismatch"
    assert health["Description"] == "Health checks failed with these codes: [500]"
    assert bench.service()["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    unwell.unlink()
    bench.rollout("COMPLETED")


def test_a_target_group_without_a_listener_is_refused(bench: Workbench, tmp_path: Path) -> None:
    unused = Balancer(bench)
    with pytest.raises(ClientError, match="does not have an associated load balancer"):
        bench.create(bench.define(serving(tmp_path)), **unused.wanted)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"containerName": "other"}, "other does not exist"),
        ({"containerPort": 9}, "did not have a container port 9"),
    ],
    ids=["container", "port"],
)
def test_a_target_that_is_no_port_of_the_task_is_refused(
    bench: Workbench, balancer: Balancer, tmp_path: Path, change: Json, refusal: str
) -> None:
    wanted: Json = {"loadBalancers": [balancer.wanted["loadBalancers"][0] | change]}
    with pytest.raises(ClientError, match=refusal):
        bench.create(bench.define(serving(tmp_path)), **wanted)
