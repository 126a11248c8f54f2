from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import pulumi
import pytest
from moto import mock_aws
from moto.ecs.models import ecs_backends

from components.compute.fargate_service import FargateService
from components.compute.rollout_gate import RolloutGate, RolloutGateArgs
from tests.components.compute.samples import CLUSTER, NAMESPACE, service_args
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

RECON = arn("ecs", "service/turnstay-staging/recon")
MOTO_ACCOUNT = "123456789012"


def recorded(
    *,
    callees: Mapping[str, str] | None = None,
    account_id: str = ACCOUNT,
    preview: bool = False,
    timeout_seconds: int = 30,
    **service: Any,
) -> Recording:
    """A service and its gate, wired as infra does it."""

    def program() -> None:
        ledger = FargateService("ledger", service_args(**service))
        assert ledger.service_arn is not None
        assert ledger.task_definition_arn is not None
        assert ledger.deployment is not None
        RolloutGate(
            "ledger-rollout",
            RolloutGateArgs(
                account_id=account_id,
                region=REGION,
                cluster_arn=CLUSTER,
                service_name="ledger",
                service_arn=ledger.service_arn,
                task_definition_arn=ledger.task_definition_arn,
                deployment=ledger.deployment,
                callee_service_arns=callees or {},
                log_group_name=ledger.log_group_name,
                timeout_seconds=timeout_seconds,
            ),
        )

    return record(program, preview=preview)


def gate(recording: Recording) -> Any:
    return recording.one("pulumi:index:Stash", "ledger-rollout-revision")


def test_the_gate_holds_the_revision_and_all_that_begins_a_deployment() -> None:
    assert gate(recorded(callees={"recon": RECON})).inputs == {
        "input": {
            "cluster": CLUSTER,
            "service": arn("ecs", "service/ledger"),
            "taskDefinition": arn("ecs", "task-definition/turnstay-staging-ledger:1"),
            "callees": {"recon": RECON},
            "deployment": {
                "capacity": [["FARGATE", 1, 1]],
                "healthCheckGraceSeconds": 60,
                "namespace": NAMESPACE,
                "platformVersion": "LATEST",
                "port": 8000,
                "securityGroup": "ledger-tasks-id",
                "subnets": ["subnet-a", "subnet-b"],
            },
        }
    }


def test_it_acts_before_it_takes_a_new_revision_in() -> None:
    recording = recorded()
    assert gate(recording).hooks == {
        "before_create": ("ledger-rollout",),
        "before_update": ("ledger-rollout",),
    }
    assert set(recording.hooks) == {"ledger-rollout"}


def test_the_service_is_updated_before_the_gate_looks() -> None:
    recording = recorded()
    [service] = recording.all("aws:ecs/service:Service")
    assert service.urn in gate(recording).property_dependencies["input"]


def test_another_image_changes_the_task_definition_and_what_follows_from_it_alone() -> None:
    before, after = recorded(), recorded(image="other@sha256:" + "b" * 64)
    changed = [
        each
        for urn, each in after.registrations.items()
        if each.inputs != before.registrations[urn].inputs
    ]
    assert [each.type for each in changed] == ["aws:ecs/taskDefinition:TaskDefinition"]
    [task] = changed
    followers = {
        each.type
        for each in after.registrations.values()
        if any(task.urn in urns for urns in each.property_dependencies.values())
    }
    assert followers == {"aws:ecs/service:Service", "pulumi:index:Stash"}


def test_a_new_callee_makes_the_gate_act() -> None:
    assert gate(recorded()).inputs != gate(recorded(callees={"recon": RECON})).inputs


def test_a_longer_patience_does_not() -> None:
    assert gate(recorded()).inputs == gate(recorded(timeout_seconds=60)).inputs


def test_a_first_preview_knows_the_gate_but_no_revision() -> None:
    held = gate(recorded(preview=True)).inputs["input"]
    assert held["taskDefinition"] is UNKNOWN


def test_arguments_that_cannot_work_are_refused() -> None:
    with pytest.raises(ValueError, match="timeout_seconds is above 0, got 0"):
        recorded(timeout_seconds=0)
    with pytest.raises(ValueError, match="a service is no callee of itself"):
        recorded(callees={"ledger": RECON})


@pytest.fixture(name="held")
def _held() -> Iterator[dict[str, Any]]:
    """What the gate of a service in moto would hold; the service's rollout is under way."""
    with mock_aws():
        ecs = boto3.client("ecs", region_name=REGION)
        cluster = ecs.create_cluster(clusterName="turnstay-staging")["cluster"]["clusterArn"]
        container: Any = {"name": "app", "image": "x", "memory": 128}
        revision = ecs.register_task_definition(family="ledger", containerDefinitions=[container])
        definition = revision["taskDefinition"]["taskDefinitionArn"]
        service = ecs.create_service(
            cluster=cluster, serviceName="ledger", taskDefinition=definition, desiredCount=1
        )["service"]
        yield {
            "cluster": cluster,
            "service": service["serviceArn"],
            "taskDefinition": definition,
            "callees": {"itself": service["serviceArn"], "none": f"{service['serviceArn']}-2"},
            "deployment": {},
        }


def deployment() -> dict[str, Any]:
    """The record in moto, which never completes a rollout by itself."""
    services = ecs_backends[MOTO_ACCOUNT][REGION].services
    found: dict[str, Any] = services["turnstay-staging:ledger"].deployments[0]
    return found


def run_hook(held: dict[str, Any]) -> str:
    return recorded(account_id=MOTO_ACCOUNT).run_hook("ledger-rollout", new_inputs={"input": held})


def test_the_hook_ends_well_when_aws_says_completed(held: dict[str, Any]) -> None:
    deployment()["rolloutState"] = "COMPLETED"
    assert run_hook({**held, "callees": {}}) == ""


def test_the_hook_fails_with_the_reason_that_aws_gives(held: dict[str, Any]) -> None:
    deployment().update(rolloutState="FAILED", rolloutStateReason="tasks failed to start")
    ecs = boto3.client("ecs", region_name=REGION)
    asked = ecs.describe_services(cluster=held["cluster"], services=[held["service"]])
    assert asked["services"][0]["deployments"][0]["rolloutState"] == "FAILED"
    answer = run_hook(held)
    assert answer.startswith("ledger: revision ledger:1 did not roll out")
    assert "  ECS: tasks failed to start" in answer


def test_the_hook_does_nothing_in_another_account(held: dict[str, Any]) -> None:
    answer = recorded().run_hook("ledger-rollout", new_inputs={"input": held})
    assert answer.startswith("the credentials are of account 123456789012")


def test_the_revision_that_runs_is_an_output() -> None:
    def program() -> None:
        made = RolloutGate(
            "ledger-rollout",
            RolloutGateArgs(
                account_id=ACCOUNT,
                region=REGION,
                cluster_arn=CLUSTER,
                service_name="ledger",
                service_arn=RECON,
                task_definition_arn="arn:7",
                deployment={},
                log_group_name="/x",
                timeout_seconds=1,
            ),
        )
        pulumi.export("revision", made.revision)

    assert record(program).exports == {"revision": "arn:7"}
