"""Requests are spread over the tasks of a service, and one that ends answers what it has taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from local.account.balancer import traffic
from local.account.gaps.elbv2 import TargetHealth, target_health
from tests.local.account.balancer.front_door import FrontDoor
from tests.local.account.workbench import PORT, SERVE, Workbench, until


@pytest.fixture
def bench(shared_bench: Workbench) -> Iterator[Workbench]:
    """The workbench with an empty cluster."""
    with shared_bench as ready:
        yield ready


def run_service(bench: Workbench, door: FrontDoor, count: int = 1) -> str:
    """Run a service behind the door; the ARN of one of its tasks."""
    target = {"targetGroupArn": door.group, "containerName": "app", "containerPort": 8000}
    definition = bench.define({"command": SERVE, "portMappings": PORT})
    bench.create(definition, count=count, loadBalancers=[target])
    bench.rollout("COMPLETED")
    return bench.tasks()[0]


def test_a_host_of_the_account_is_answered_by_a_task(bench: Workbench, door: FrontDoor) -> None:
    run_service(bench, door)
    assert door.ask(path="/health")[0] == 200


def test_a_task_that_ends_answers_the_request_it_has_and_gets_no_other(
    bench: Workbench, door: FrontDoor, tmp_path: Path
) -> None:
    arn, released = run_service(bench, door), tmp_path / "released"
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(door.ask, path=f"/until{released}")
        key = until(lambda: next(iter(busy(door)), None), "the request at the target")
        bench.ecs.stop_task(cluster=bench.cluster, task=arn)
        bench.wait(arn, "DEACTIVATING")
        until(lambda: key not in registered(door), "the end of its registration")
        assert bench.task(arn)["lastStatus"] == "DEACTIVATING"
        released.touch()
        assert waiting.result()[0] == 200
    bench.wait(arn)
    assert not traffic.is_busy(key)


def test_a_target_that_does_not_end_its_requests_goes_after_the_delay(
    bench: Workbench, door: FrontDoor, tmp_path: Path
) -> None:
    attribute = {"Key": "deregistration_delay.timeout_seconds", "Value": "0"}
    bench.client("elbv2").modify_target_group_attributes(
        TargetGroupArn=door.group, Attributes=[attribute]
    )
    arn = run_service(bench, door)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(door.ask, path=f"/until{tmp_path}/never")
        until(lambda: next(iter(busy(door)), None), "the request at the target")
        bench.ecs.stop_task(cluster=bench.cluster, task=arn)
        assert waiting.result()[0] == 502


def test_the_least_busy_target_is_next_and_of_equals_the_one_that_waited_longest(
    door: FrontDoor,
) -> None:
    for port in (1, 2, 3):
        door.register(port)
    with traffic.admitted(door.group) as busy_one:
        chosen = Counter(choose(door) for _ in range(10))
    assert chosen == Counter({port: 5 for port in (1, 2, 3) if port != busy_one})


def test_only_a_healthy_target_is_chosen(door: FrontDoor) -> None:
    for port in (1, 2):
        door.register(port)
    for state in ("initial", "unhealthy"):
        target_health[door.group, "127.0.0.1", 1] = TargetHealth(state)
        assert {choose(door) for _ in range(4)} == {2}
    del target_health[door.group, "127.0.0.1", 1]
    assert {choose(door) for _ in range(4)} == {1, 2}


def test_many_at_once_are_all_answered(bench: Workbench, door: FrontDoor) -> None:
    run_service(bench, door, count=2)
    with ThreadPoolExecutor(20) as pool:
        answers = pool.map(lambda _: door.ask()[0], range(400))
        assert Counter(answers) == {200: 400}


def test_a_rollout_fails_no_request(bench: Workbench, door: FrontDoor) -> None:
    run_service(bench, door, count=2)
    before = set(bench.tasks())
    ended = Event()

    def ask_on() -> Counter[int]:
        answers: Counter[int] = Counter()
        while not ended.is_set():
            answers[door.ask()[0]] += 1
        return answers

    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(ask_on) for _ in range(4)]
        for _ in range(2):
            replace_all(bench)
        ended.set()
        answers = sum((each.result() for each in asking), Counter())
    assert not before & set(bench.tasks())
    assert set(answers) == {200}, answers


def replace_all(bench: Workbench) -> None:
    old = set(bench.tasks())
    bench.update(forceNewDeployment=True)
    until(lambda: not old & set(bench.tasks()) or None, "the end of the old tasks")


def choose(door: FrontDoor) -> int | None:
    with traffic.admitted(door.group) as port:
        return port


def registered(door: FrontDoor) -> list[traffic.Key]:
    return traffic.healthy(door.group)


def busy(door: FrontDoor) -> list[traffic.Key]:
    return [key for key in registered(door) if traffic.is_busy(key)]
