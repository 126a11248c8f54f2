"""Health checks of containers, really run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.local.account.workbench import PORT, SERVE, SLEEP, Json, Workbench, until


def checked(command: list[str], **more: int) -> Json:
    """A health check that is quick to fail."""
    return {"command": command, "interval": 1, "retries": 1, "timeout": 2, **more}


def test_a_container_is_healthy_when_its_check_says_so(bench: Workbench) -> None:
    ask = "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/')"
    check = checked(["CMD", "python", "-c", ask], interval=300)
    bench.create(
        bench.define({"command": SERVE, "portMappings": PORT, "healthCheck": check}), count=1
    )
    bench.rollout("COMPLETED")
    task = bench.task(bench.tasks()[0])
    assert (task["healthStatus"], task["containers"][0]["healthStatus"]) == ("HEALTHY", "HEALTHY")


def test_a_rollout_is_not_complete_before_its_containers_are_healthy(
    bench: Workbench, tmp_path: Path
) -> None:
    check = checked(["CMD-SHELL", f"test -e {tmp_path}/well"], interval=300)
    bench.create(bench.define({"command": SLEEP, "healthCheck": check}), count=1)
    until(lambda: bench.service()["runningCount"] == 1, "a running task")
    assert bench.service()["deployments"][0]["rolloutState"] == "IN_PROGRESS"
    (tmp_path / "well").touch()
    bench.rollout("COMPLETED")


def test_a_task_whose_check_fails_is_replaced_and_counts_as_failed(
    bench: Workbench, tmp_path: Path
) -> None:
    sick = tmp_path / "sick"
    check = checked(["CMD-SHELL", f"test ! -e {sick}"])
    bench.create(bench.define({"command": SLEEP, "healthCheck": check}), count=1)
    bench.rollout("COMPLETED")
    first = bench.tasks()[0]
    sick.touch()
    task = bench.wait(first)
    assert (task["stopCode"], task["stoppedReason"]) == (
        "ServiceSchedulerInitiated",
        "Task failed container health checks",
    )
    assert task["healthStatus"] == "UNHEALTHY"
    assert bench.service()["deployments"][0]["failedTasks"] == 1


def test_a_task_of_its_own_is_not_stopped_by_its_check(bench: Workbench) -> None:
    arn = bench.run({"command": SLEEP, "healthCheck": checked(["CMD", "false"])})
    until(lambda: bench.task(arn)["healthStatus"] == "UNHEALTHY", "an unhealthy task")
    assert bench.task(arn)["lastStatus"] == "RUNNING"


@pytest.mark.parametrize("command", [["NONE"], ["CMD-SHELL", "exit 0"]], ids=["none", "shell"])
def test_only_a_check_makes_a_task_healthy(bench: Workbench, command: list[str]) -> None:
    arn = bench.run({"command": SLEEP, "healthCheck": checked(command)})
    bench.wait(arn, "RUNNING")
    if command == ["NONE"]:
        assert bench.task(arn)["healthStatus"] == "UNKNOWN"
    else:
        until(lambda: bench.task(arn)["healthStatus"] == "HEALTHY", "a healthy task")


def test_the_grace_period_covers_failing_checks(bench: Workbench) -> None:
    definition = bench.define({"command": SLEEP, "healthCheck": checked(["CMD", "false"])})
    bench.create(definition, count=1, healthCheckGracePeriodSeconds=3600)
    until(bench.tasks, "a task")
    arn = bench.tasks()[0]
    until(lambda: bench.task(arn)["healthStatus"] == "UNHEALTHY", "an unhealthy task")
    assert bench.task(arn)["desiredStatus"] == "RUNNING"
