"""Services: rollouts that complete, fail, roll back, and begin again."""

from __future__ import annotations

import time

import pytest
from botocore.exceptions import ClientError

from local.account.ecs.rolling import pause
from tests.local.account.workbench import CRASH, PORT, SERVE, SLEEP, Json, Workbench, until


def messages(service: Json) -> list[str]:
    """The events, the oldest first."""
    return [each["message"] for each in reversed(service["events"])]


def test_a_service_keeps_its_tasks_running(bench: Workbench) -> None:
    bench.create(bench.define({"command": SERVE, "portMappings": PORT}))
    service = bench.rollout("COMPLETED")
    assert (service["runningCount"], service["pendingCount"], service["desiredCount"]) == (2, 0, 2)
    assert messages(service)[-1] == "(service web) has reached a steady state."
    bench.ecs.get_waiter("services_stable").wait(cluster=bench.cluster, services=["web"])
    first, second = bench.tasks()
    bench.ecs.stop_task(cluster=bench.cluster, task=first)
    until(lambda: len(set(bench.tasks()) - {first, second}) == 1, "a new task")


def test_two_tasks_of_one_port_listen_side_by_side(bench: Workbench) -> None:
    bench.create(bench.define({"command": SERVE, "portMappings": PORT}))
    bench.rollout("COMPLETED")
    bindings = [bench.task(arn)["containers"][0]["networkBindings"][0] for arn in bench.tasks()]
    assert {(each["bindIP"], each["containerPort"]) for each in bindings} == {("127.0.0.1", 8000)}
    assert len({each["hostPort"] for each in bindings}) == 2


def test_a_new_revision_replaces_every_task(bench: Workbench) -> None:
    bench.create(bench.define({"command": SLEEP}))
    bench.rollout("COMPLETED")
    before, newer = bench.tasks(), bench.define({"command": SLEEP})
    bench.update(taskDefinition=newer)
    bench.rollout("COMPLETED", definition=newer)
    until(lambda: not set(before) & set(bench.tasks()), "the end of the older tasks")
    assert {bench.task(arn)["taskDefinitionArn"] for arn in bench.tasks()} == {newer}
    reason = bench.wait(before[0])["stoppedReason"]
    assert reason.startswith("Scaling activity initiated by (deployment ecs-svc/")
    until(lambda: len(bench.service()["deployments"]) == 1, "the end of the older deployment")


def test_a_failed_rollout_goes_back_to_the_revision_before(bench: Workbench) -> None:
    good = bench.define({"command": SLEEP})
    bench.create(good)
    bench.rollout("COMPLETED")
    serving, bad = bench.tasks(), bench.define({"command": CRASH})
    bench.update(taskDefinition=bad)
    service = bench.rollout("COMPLETED", definition=good)
    failed = service["deployments"][1]
    assert (failed["taskDefinition"], failed["rolloutState"]) == (bad, "FAILED")
    assert failed["failedTasks"] >= 3
    assert "tasks failed to start" in failed["rolloutStateReason"]
    told = messages(service)
    assert (
        f"(service web) (deployment {failed['id']}) deployment failed: tasks failed to start."
        in told
    )
    assert any("rolling back to deployment" in each for each in told)
    stopped = [bench.task(arn) for arn in bench.tasks(desiredStatus="STOPPED")]
    # One may have been stopped by the rollback before it crashed by itself.
    by_itself = [each for each in stopped if each["stopCode"] == "EssentialContainerExited"]
    crashed = [each for each in by_itself if each["taskDefinitionArn"] == bad]
    assert len(crashed) >= 3
    assert {each["containers"][0]["exitCode"] for each in crashed} == {3}
    assert bench.lines(crashed[0]["taskArn"]) == ["the cause"]
    # What served before the bad revision went on until the good one was back.
    ended = [each for each in stopped if each["taskArn"] in serving]
    assert all(each["stoppingAt"] >= service["deployments"][0]["createdAt"] for each in ended)


def test_a_first_rollout_that_fails_has_nothing_to_go_back_to(bench: Workbench) -> None:
    bench.create(bench.define({"command": CRASH}), count=1)
    service = bench.rollout("FAILED")
    assert len(service["deployments"]) == 1
    assert service["runningCount"] == 0
    assert not any("rolling back" in each for each in messages(service))
    time.sleep(2 * pause(3))  # the next task would have been started by now
    assert bench.service()["deployments"][0]["failedTasks"] == 3


def test_after_a_failure_the_next_revision_rolls_out(bench: Workbench) -> None:
    bench.create(bench.define({"command": CRASH}), count=1)
    bench.rollout("FAILED")
    good = bench.define({"command": SLEEP})
    bench.update(taskDefinition=good)
    assert bench.rollout("COMPLETED", definition=good)["runningCount"] == 1


def test_without_rollback_the_older_tasks_go_on_serving(bench: Workbench) -> None:
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": False}}
    good = bench.define({"command": SLEEP})
    bench.create(good, deploymentConfiguration=breaker)
    bench.rollout("COMPLETED")
    bench.update(taskDefinition=bench.define({"command": CRASH}))
    service = bench.rollout("FAILED")
    assert [each["taskDefinition"] == good for each in service["deployments"]] == [False, True]
    assert service["deployments"][1]["runningCount"] == 2


def test_without_a_circuit_breaker_a_failing_rollout_goes_on(bench: Workbench) -> None:
    bench.create(bench.define({"command": CRASH}), count=1, deploymentConfiguration={})
    deployment = until(
        lambda: next((d for d in bench.service()["deployments"] if d["failedTasks"] > 3), None),
        "failures",
    )
    assert deployment["rolloutState"] == "IN_PROGRESS"


def test_the_same_revision_starts_nothing_unless_forced(bench: Workbench) -> None:
    definition = bench.define({"command": SLEEP})
    bench.create(definition)
    first = bench.rollout("COMPLETED")["deployments"][0]["id"]
    bench.update(taskDefinition=definition, desiredCount=1)
    until(lambda: bench.service()["runningCount"] == 1, "one task less")
    assert bench.service()["deployments"][0]["id"] == first
    bench.update(forceNewDeployment=True)
    assert bench.service()["deployments"][0]["id"] != first
    bench.rollout("COMPLETED")


def test_half_of_the_tasks_may_go_before_new_ones_are_there(bench: Workbench) -> None:
    bounds = {"minimumHealthyPercent": 50, "maximumPercent": 100}
    bench.create(bench.define({"command": SLEEP}), deploymentConfiguration=bounds)
    bench.rollout("COMPLETED")
    newer = bench.define({"command": SLEEP})
    bench.update(taskDefinition=newer)
    counts = set()

    def done() -> bool:
        counts.add(len(bench.tasks()))
        newest = bench.service()["deployments"][0]
        return bool(newest["taskDefinition"] == newer and newest["rolloutState"] == "COMPLETED")

    until(done, "the rollout")
    assert counts <= {1, 2}


def test_everything_that_was_asked_for_is_kept(bench: Workbench) -> None:
    strategy = [
        {"capacityProvider": "FARGATE", "base": 1, "weight": 0},
        {"capacityProvider": "FARGATE_SPOT", "base": 0, "weight": 1},
    ]
    asked: Json = {
        "networkConfiguration": {
            "awsvpcConfiguration": {"subnets": bench.subnets, "assignPublicIp": "DISABLED"}
        },
        "deploymentConfiguration": {
            "maximumPercent": 150,
            "minimumHealthyPercent": 100,
            "strategy": "ROLLING",
            "deploymentCircuitBreaker": {"enable": True, "rollback": False},
        },
        "healthCheckGracePeriodSeconds": 7,
        "enableECSManagedTags": True,
        "propagateTags": "SERVICE",
        "platformVersion": "1.4.0",
        "availabilityZoneRebalancing": "ENABLED",
    }
    service = {
        "cluster": bench.cluster,
        "serviceName": "web",
        "taskDefinition": bench.define({"command": SLEEP}),
        "desiredCount": 2,
        "capacityProviderStrategy": strategy,
        "tags": [{"key": "service", "value": "web"}],
    }
    bench.ecs.create_service(**service, **asked)
    shown = bench.rollout("COMPLETED")
    assert {name: shown[name] for name in asked} == asked
    assert shown["deployments"][0]["capacityProviderStrategy"] == strategy
    assert "launchType" not in shown
    assert "tags" not in shown
    tasks = bench.ecs.describe_tasks(cluster=bench.cluster, tasks=bench.tasks(), include=["TAGS"])[
        "tasks"
    ]
    assert sorted(each["capacityProviderName"] for each in tasks) == ["FARGATE", "FARGATE_SPOT"]
    assert {(tag["key"], tag["value"]) for tag in tasks[0]["tags"]} == {
        ("service", "web"),
        ("aws:ecs:clusterName", bench.cluster),
        ("aws:ecs:serviceName", "web"),
    }


def test_tags_of_a_service_are_changed_by_its_arn(bench: Workbench) -> None:
    bench.create(
        bench.define({"command": SLEEP}),
        tags=[{"key": "a", "value": "1"}, {"key": "b", "value": "2"}],
    )
    arn = bench.service()["serviceArn"]
    bench.ecs.tag_resource(resourceArn=arn, tags=[{"key": "a", "value": "3"}])
    bench.ecs.untag_resource(resourceArn=arn, tagKeys=["b"])
    assert bench.ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "a", "value": "3"}]


def test_a_service_in_use_is_deleted_only_by_force_and_ends_its_tasks(bench: Workbench) -> None:
    bench.create(bench.define({"command": SLEEP}))
    bench.rollout("COMPLETED")
    tasks = bench.tasks()
    with pytest.raises(ClientError, match="cannot be stopped while it is scaled above 0"):
        bench.ecs.delete_service(cluster=bench.cluster, service="web")
    deleted = bench.ecs.delete_service(cluster=bench.cluster, service="web", force=True)["service"]
    assert (deleted["status"], deleted["desiredCount"]) == ("DRAINING", 0)
    bench.inactive()
    assert {bench.task(arn)["lastStatus"] for arn in tasks} == {"STOPPED"}
    assert bench.ecs.list_services(cluster=bench.cluster)["serviceArns"] == []
    with pytest.raises(ClientError, match="Service was not ACTIVE"):
        bench.update(desiredCount=1)
    bench.create(bench.define({"command": SLEEP}))
    assert bench.rollout("COMPLETED")["status"] == "ACTIVE"


def test_services_are_listed_and_described_ten_at_once(bench: Workbench) -> None:
    definition = bench.define({"command": SLEEP})
    for place in range(12):
        bench.create(definition, name=f"s{place:02d}", count=0)
    first = bench.ecs.list_services(cluster=bench.cluster)
    rest = bench.ecs.list_services(cluster=bench.cluster, nextToken=first["nextToken"])
    assert (len(first["serviceArns"]), len(rest["serviceArns"]), "nextToken" in rest) == (
        10,
        2,
        False,
    )
    with pytest.raises(ClientError, match="cannot have more than 10"):
        bench.ecs.describe_services(
            cluster=bench.cluster, services=first["serviceArns"] + rest["serviceArns"]
        )


def test_an_unknown_service_is_missing(bench: Workbench) -> None:
    answer = bench.ecs.describe_services(cluster=bench.cluster, services=["none"])
    assert (answer["services"], answer["failures"][0]["reason"]) == ([], "MISSING")


def test_a_name_is_taken_while_its_service_is_active(bench: Workbench) -> None:
    bench.create(bench.define({"command": SLEEP}))
    with pytest.raises(ClientError, match="Creation of service was not idempotent"):
        bench.create(bench.define({"command": SLEEP}))


@pytest.mark.parametrize(
    ("settings", "refusal"),
    [
        ({"networkConfiguration": {}}, "Network Configuration must be provided"),
        ({"launchType": "EC2"}, "No Container Instances were found"),
        ({"capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]}, "both a launch type and capacity provider"),
        ({"loadBalancers": [{"targetGroupArn": "arn:aws:x", "containerName": "app", "containerPort": 8000}]}, "arn:aws:x"),
        ({"taskDefinition": "none:1"}, "Unable to describe task definition"),
        ({"cluster": "none"}, "Cluster not found"),
    ],
    ids=["network", "launch type", "both", "target group", "task definition", "cluster"],
)  # fmt: skip
def test_a_service_that_could_not_run_is_refused(
    bench: Workbench, settings: Json, refusal: str
) -> None:
    with pytest.raises(ClientError, match=refusal):
        bench.create(bench.define({"command": SLEEP}), **settings)


def test_a_capacity_provider_must_be_one_of_the_clusters(bench: Workbench) -> None:
    bench.ecs.put_cluster_capacity_providers(
        cluster=bench.cluster, capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
    )
    spot: Json = {
        "launchType": "",
        "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
    }
    with pytest.raises(ClientError, match="not associated with the cluster: FARGATE_SPOT"):
        bench.create(bench.define({"command": SLEEP}), **spot)
