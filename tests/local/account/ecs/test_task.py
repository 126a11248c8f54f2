"""A task of its own, from RunTask to STOPPED."""

from __future__ import annotations

import re
import signal

import pytest
from botocore.exceptions import ClientError

from local.account.identity import started
from tests.local.account.workbench import LOGS, SLEEP, Workbench, until


def test_a_task_runs_its_command_and_reports_exit_code_and_lines(bench: Workbench) -> None:
    arn = bench.run({"command": ["sh", "-c", "echo one; echo two >&2; printf three; exit 7"]})
    task = bench.wait(arn)
    assert task["containers"][0]["exitCode"] == 7
    assert (task["stopCode"], task["stoppedReason"]) == (
        "EssentialContainerExited",
        "Essential container in task exited",
    )
    assert task["createdAt"] <= task["startedAt"] <= task["stoppingAt"] <= task["stoppedAt"]
    assert bench.lines(arn) == ["one", "two", "three"]


def test_a_task_gets_the_environment_that_was_asked_for_and_nothing_of_the_accounts(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOMETHING_OF_OURS", "x")
    container = {"command": ["env"], "environment": [{"name": "HOME", "value": "/home/app"}]}
    arn = bench.run(container)
    bench.wait(arn)
    got = dict(line.split("=", 1) for line in bench.lines(arn))
    assert got.pop("PATH").endswith("/bin:/usr/bin:/bin")
    assert got.pop("ECS_CONTAINER_METADATA_URI_V4").startswith(bench.account.endpoint)
    assert got == {
        "HOME": "/home/app",
        "AWS_REGION": "eu-west-1",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": bench.account.endpoint,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
    }


def test_an_override_replaces_the_command_and_adds_to_the_environment(bench: Workbench) -> None:
    definition = bench.define({"command": ["false"], "environment": [{"name": "A", "value": "1"}]})
    override = {
        "name": "app",
        "command": ["sh", "-c", "echo $A$B"],
        "environment": [{"name": "B", "value": "2"}],
    }
    arn = bench.run(taskDefinition=definition, overrides={"containerOverrides": [override]})
    assert bench.wait(arn)["overrides"]["containerOverrides"] == [override]
    assert bench.lines(arn) == ["12"]


def test_an_override_of_a_container_that_is_not_there_is_refused(bench: Workbench) -> None:
    with pytest.raises(ClientError, match="Override for container named other is not a container"):
        bench.run({"command": SLEEP}, overrides={"containerOverrides": [{"name": "other"}]})


def test_a_stopped_task_is_asked_to_end_and_says_who_wanted_it(bench: Workbench) -> None:
    polite = "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.05; done"
    arn = bench.run({"command": ["sh", "-c", polite]})
    until(lambda: bench.lines(arn), "the first line")
    bench.ecs.stop_task(cluster=bench.cluster, task=arn, reason="enough")
    task = bench.wait(arn)
    assert (task["stopCode"], task["stoppedReason"]) == ("UserInitiated", "enough")
    assert task["containers"][0]["exitCode"] == 0
    assert bench.lines(arn) == ["ready", "bye"]


def test_a_task_that_does_not_end_is_killed_after_its_stop_timeout(bench: Workbench) -> None:
    deaf = "trap '' TERM; echo ready; while :; do sleep 0.05; done"
    arn = bench.run({"command": ["sh", "-c", deaf], "stopTimeout": 2})
    until(lambda: bench.lines(arn), "the first line")
    bench.ecs.stop_task(cluster=bench.cluster, task=arn)
    assert bench.wait(arn)["containers"][0]["exitCode"] == 128 + signal.SIGKILL


def test_what_a_container_left_running_ends_with_it(bench: Workbench) -> None:
    arn = bench.run({"command": ["sh", "-c", "sleep 600 & echo $!"]})
    bench.wait(arn)
    pid = int(bench.lines(arn)[0])
    until(lambda: started(pid) is None, f"the end of process {pid}")


def test_every_container_runs_and_only_an_essential_one_ends_the_task(bench: Workbench) -> None:
    arn = bench.run(
        {"command": ["sh", "-c", "sleep 0.3; exit 4"]},
        {"name": "helper", "command": ["sh", "-c", "echo helped"], "essential": False},
        {"name": "sidecar", "command": SLEEP, "essential": False},
    )
    containers = {each["name"]: each for each in bench.wait(arn)["containers"]}
    codes = {name: each["exitCode"] for name, each in containers.items()}
    assert codes == {"app": 4, "helper": 0, "sidecar": 128 + signal.SIGTERM}
    assert bench.lines(arn, "helper") == ["helped"]


def test_a_container_waits_for_what_it_depends_on(bench: Workbench) -> None:
    first = {"name": "first", "command": ["sh", "-c", "sleep 0.2; date +%s%N"], "essential": False}
    arn = bench.run(
        {
            "command": ["date", "+%s%N"],
            "dependsOn": [{"containerName": "first", "condition": "SUCCESS"}],
        },
        first,
    )
    bench.wait(arn)
    assert bench.lines(arn, "first") < bench.lines(arn)


def test_a_dependency_that_fails_keeps_the_task_from_starting(bench: Workbench) -> None:
    first = {"name": "first", "command": ["false"], "essential": False}
    after = {"command": SLEEP, "dependsOn": [{"containerName": "first", "condition": "SUCCESS"}]}
    task = bench.wait(bench.run(after, first))
    assert task["stopCode"] == "TaskFailedToStart"
    assert "dependency container first is not SUCCESS" in task["stoppedReason"]
    assert "exitCode" not in task["containers"][0]


@pytest.mark.parametrize(
    ("container", "reason"),
    [
        ({"image": "unknown:1", "command": SLEEP}, r"CannotPullContainerError: failed to resolve ref unknown:1"),
        ({"command": ["no-such-program"]}, r'CannotStartContainerError: .*exec: "no-such-program": No such file'),
        ({}, r"CannotStartContainerError: container app has no command"),
        (
            {"command": SLEEP, "logConfiguration": LOGS | {"options": LOGS["options"] | {"awslogs-group": "/none"}}},  # type: ignore[operator]
            r"ResourceInitializationError: .*the log group /none does not exist",
        ),
    ],
    ids=["image", "program", "command", "log group"],
)  # fmt: skip
def test_a_task_that_cannot_start_says_why(
    bench: Workbench, container: dict[str, object], reason: str
) -> None:
    task = bench.wait(bench.run(container))
    assert task["stopCode"] == "TaskFailedToStart"
    assert re.search(reason, task["stoppedReason"])
    assert "startedAt" not in task
    assert "exitCode" not in task["containers"][0]


def test_a_request_that_was_sent_twice_starts_one_task(bench: Workbench) -> None:
    definition = bench.define({"command": SLEEP})
    arns = {bench.run(taskDefinition=definition, clientToken="once") for _ in range(2)}
    assert len(arns) == 1


def test_tasks_are_listed_by_what_they_are(bench: Workbench) -> None:
    mine = bench.run({"command": SLEEP}, startedBy="me")
    done = bench.run({"command": ["true"]}, startedBy="me")
    bench.wait(done)
    other = bench.run(taskDefinition=bench.define({"command": SLEEP}, family="other"))

    def listed(**filters: str) -> set[str]:
        return set(bench.ecs.list_tasks(cluster=bench.cluster, **filters)["taskArns"])

    assert listed() == {mine, other}
    assert listed(startedBy="me") == {mine}
    assert listed(family="other") == {other}
    assert listed(desiredStatus="STOPPED") == {done}
    newest = bench.ecs.list_tasks(cluster=bench.cluster, maxResults=1)
    assert newest["taskArns"] == [other]
    second = bench.ecs.list_tasks(
        cluster=bench.cluster, maxResults=1, nextToken=newest["nextToken"]
    )
    assert second["taskArns"] == [mine]


def test_an_unknown_task_is_missing(bench: Workbench) -> None:
    answer = bench.ecs.describe_tasks(cluster=bench.cluster, tasks=["a" * 32])
    assert answer["tasks"] == []
    assert [each["reason"] for each in answer["failures"]] == ["MISSING"]


def test_a_task_needs_a_network_that_exists(bench: Workbench) -> None:
    nowhere = {"awsvpcConfiguration": {"subnets": ["subnet-0123456789abcdef0"]}}
    with pytest.raises(ClientError, match="subnet-0123456789abcdef0"):
        bench.run({"command": SLEEP}, networkConfiguration=nowhere)


def test_tags_are_shown_only_when_they_are_included(bench: Workbench) -> None:
    arn = bench.run({"command": SLEEP}, tags=[{"key": "a", "value": "b"}])
    assert "tags" not in bench.task(arn)
    included = bench.ecs.describe_tasks(cluster=bench.cluster, tasks=[arn], include=["TAGS"])
    assert included["tasks"][0]["tags"] == [{"key": "a", "value": "b"}]
