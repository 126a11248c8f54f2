from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from components.compute.rollout_evidence import evidence, failed_tasks, reasons
from tests.components.compute.fake_ecs import LOG_GROUP, NEW, OLD, SERVICE, FakeEcs, stopped
from tests.components.compute.samples import CLUSTER

EXITED = "Essential container in task exited"
NO_SECRET = "ResourceInitializationError: unable to pull secrets or registry auth"


def test_each_reason_is_told_once_with_its_number_the_most_frequent_first() -> None:
    tasks: Any = [
        stopped(1, reason=NO_SECRET),
        stopped(2, reason=EXITED, app=1, proxy=0),
        stopped(3, reason=EXITED, app=1, proxy=0),
        stopped(4, reason=EXITED, app="OutOfMemoryError: container killed"),
    ]
    assert reasons(tasks) == [
        f"  2 tasks stopped: {EXITED} (app: exit code 1)",
        f"  1 task stopped: {NO_SECRET}",
        f"  1 task stopped: {EXITED} (app: OutOfMemoryError: container killed)",
    ]


def test_no_more_than_three_reasons_are_told() -> None:
    tasks: Any = [stopped(minute, reason=f"reason {minute}") for minute in range(9)]
    assert len(reasons(tasks)) == 3


def test_a_task_without_any_reason_is_told_too() -> None:
    task: Any = {**stopped(1, reason=""), "stopCode": "SpotInterruption"}
    assert reasons([task]) == ["  1 task stopped: SpotInterruption"]
    task["stopCode"] = ""
    assert reasons([task]) == ["  1 task stopped: no reason given"]


def test_only_tasks_of_the_revision_count_and_the_last_comes_first() -> None:
    tasks: Any = [
        stopped(1, reason=EXITED),
        stopped(3, reason=EXITED),
        stopped(2, reason=EXITED),
        stopped(9, revision=OLD, reason=EXITED),
        stopped(8, reason="Scaling activity initiated by (deployment ecs-svc/9)"),
    ]
    assert failed_tasks(tasks, NEW) == [tasks[1], tasks[2], tasks[0]]


@pytest.fixture(name="logs")
def _logs() -> Iterator[Any]:
    """CloudWatch Logs as moto answers for it: these calls are well-formed, and its errors are AWS's."""
    with mock_aws():
        client = boto3.client("logs", region_name="eu-west-1")
        client.create_log_group(logGroupName=LOG_GROUP)
        yield client


def lines(ecs: Any, logs: Any) -> list[str]:
    return asyncio.run(
        evidence(ecs, logs, cluster=CLUSTER, service=SERVICE, revision=NEW, log_group=LOG_GROUP)
    )


def test_the_last_lines_are_those_of_the_container_that_failed(logs: Any) -> None:
    stream = f"ecs/collector/{7:032x}"
    logs.create_log_stream(logGroupName=LOG_GROUP, logStreamName=stream)
    now = time.time_ns() // 10**6  # CloudWatch takes no old lines
    events = [{"timestamp": now + n, "message": f"line {n}\n"} for n in range(25)]
    events[-1]["message"] = "x" * 1000
    logs.put_log_events(logGroupName=LOG_GROUP, logStreamName=stream, logEvents=events)
    ecs = FakeEcs({}, tasks=[stopped(7, reason=EXITED, app=0, collector=2)])
    assert lines(ecs, logs) == [
        f"  1 task stopped: {EXITED} (collector: exit code 2)",
        f"  last lines of collector in task {7:032x}:",
        *[f"    line {n}" for n in range(5, 24)],
        "    " + "x" * 240,
    ]


def test_a_container_that_never_ran_has_logged_nothing(logs: Any) -> None:
    ecs = FakeEcs({}, tasks=[stopped(7, reason=NO_SECRET)])
    assert lines(ecs, logs)[-1] == f"  app of task {7:032x} has logged nothing"


def test_without_stopped_tasks_there_is_nothing_to_tell(logs: Any) -> None:
    assert lines(FakeEcs({}), logs) == []
