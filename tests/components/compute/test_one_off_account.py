"""The same on the account of this machine: ECS's own checks of each call, and tasks that are real processes."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from components.compute.one_off import OneOff, OneOffFailedError
from components.compute.one_off_run import run_to_end
from components.compute.rollout_watch import Pace
from local.account.server import Account
from tests.local.account.workbench import LOGS, SLEEP, TINY, Workbench, account_id, until

PACE = Pace(first_seconds=0.02, longest_seconds=0.1)
OPTIONS = {**LOGS["options"], "awslogs-stream-prefix": "ecs"}  # type: ignore[dict-item]


@pytest.fixture(name="shared", scope="module")
def _shared() -> Iterator[Workbench]:
    with Account(account_id(), {"^tiny[:@]": TINY}) as account:
        yield Workbench(account)


@pytest.fixture(name="bench")
def _bench(shared: Workbench) -> Iterator[Workbench]:
    with shared as ready:
        yield ready


def one_off(bench: Workbench, command: list[str], **container: Any) -> OneOff:
    logs = {"logDriver": "awslogs", "options": OPTIONS}
    definition: dict[str, Any] = {"name": "migrations", "command": command, **container}
    group = bench.client("ec2").create_security_group(
        GroupName=uuid.uuid4().hex, Description="gate", VpcId=bench.vpc
    )
    return OneOff(
        gate="ledger-migrations",
        cluster=bench.cluster,
        task_definition=bench.define({**definition, "logConfiguration": logs}, family="gate"),
        container="migrations",
        subnets=bench.subnets,
        security_group=group["GroupId"],
        log_group="/t",
        timeout_seconds=60,
    )


def run(bench: Workbench, one: OneOff) -> list[str]:
    lines: list[str] = []
    clients: dict[str, Any] = {"ecs": bench.ecs, "logs": bench.logs}
    asyncio.run(run_to_end(one, **clients, report=lines.append, pace=PACE))
    return lines


def running(bench: Workbench) -> list[str]:
    found: list[str] = bench.ecs.list_tasks(cluster=bench.cluster, family="gate")["taskArns"]
    return found


def test_a_task_that_works_is_a_success(bench: Workbench) -> None:
    assert run(bench, one_off(bench, ["true"])) == ["ledger-migrations: task gate:1 ended well"]


def test_a_task_that_fails_is_told_with_its_exit_code_and_lines(bench: Workbench) -> None:
    with pytest.raises(OneOffFailedError) as failed:
        run(bench, one_off(bench, ["sh", "-c", "echo no such table >&2; exit 4"]))
    first, second, third = str(failed.value).splitlines()
    assert first.endswith(" ended with exit code 4: Essential container in task exited")
    assert second.startswith("  last lines of migrations in task ")
    assert third == "    no such table"


def test_a_secret_that_is_not_there_is_why_it_did_not_start(bench: Workbench) -> None:
    missing = f"arn:aws:secretsmanager:eu-west-1:{bench.account.account_id}:secret:none-AbCdEf"
    secrets = [{"name": "DATABASE_URL", "valueFrom": f"{missing}:url::"}]
    with pytest.raises(OneOffFailedError, match=r"did not start: ResourceInitializationError"):
        run(bench, one_off(bench, ["true"], secrets=secrets))


def test_cancelling_leaves_no_task_running_and_the_next_run_waits_for_its_end(
    bench: Workbench,
) -> None:
    one = one_off(bench, SLEEP)
    clients: dict[str, Any] = {"ecs": bench.ecs, "logs": bench.logs}

    async def main() -> None:
        task = asyncio.create_task(run_to_end(one, **clients, report=lambda _: None, pace=PACE))
        await asyncio.to_thread(until, lambda: running(bench), "the task")
        task.cancel()
        with pytest.raises(asyncio.CancelledError, match="was told to stop"):
            await task

    asyncio.run(main())
    assert running(bench) == []
    assert run(bench, one_off(bench, ["true"]))[-1].endswith("ended well")


def test_a_task_that_a_killed_run_left_is_taken_over(bench: Workbench) -> None:
    one = one_off(bench, ["sh", "-c", "echo begun; sleep 0.5"])
    started = bench.ecs.run_task(
        cluster=bench.cluster,
        taskDefinition=one.task_definition,
        launchType="FARGATE",
        networkConfiguration=bench.network,
        startedBy=one.gate,
    )
    until(lambda: running(bench), "the task")
    name = started["tasks"][0]["taskArn"].rsplit("/", 1)[-1]
    assert f"an earlier run left {name}; waits for it" in run(bench, one)[0]
