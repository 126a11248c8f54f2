"""The rollout of the revision that was asked for, whatever ECS does meanwhile."""

from __future__ import annotations

import pytest

from tests.components.compute.fake_ecs import (
    BREAKER,
    NEW,
    OLD,
    SERVICE,
    FakeEcs,
    FakeLogs,
    at,
    deployment,
    rollout,
    service,
    stopped,
)
from tests.components.compute.rollout_run import (
    BACK,
    BEFORE,
    DONE,
    ROLLING,
    RUNS,
    fails,
    run,
)
from tests.engine.outputs import arn


def test_it_ends_when_the_deployment_of_the_revision_is_complete() -> None:
    ecs = FakeEcs(ROLLING, ROLLING, DONE)
    assert run(ecs) == [RUNS]
    assert ecs.updates == []


def test_an_older_deployment_that_is_complete_is_no_success() -> None:
    ecs = FakeEcs(*[ROLLING] * 5, DONE)
    run(ecs)
    assert ecs.answers == [DONE], "it looked until the newest deployment was complete"


def test_a_deployment_of_the_revision_that_somebody_else_began_counts() -> None:
    forced = service(deployment(NEW, "IN_PROGRESS", 7), deployment(NEW, "COMPLETED", 5))
    assert run(FakeEcs(ROLLING, forced, service(deployment(NEW, "COMPLETED", 7))))[-1] == RUNS


def test_the_autoscaler_may_change_the_number_of_tasks_meanwhile() -> None:
    scaled = service(deployment(NEW, "IN_PROGRESS", 5, desiredCount=5, runningCount=3), BEFORE)
    done = service(deployment(NEW, "COMPLETED", 5, desiredCount=5, runningCount=5))
    assert run(FakeEcs(ROLLING, scaled, done))[-1].endswith("runs: 5 of 5 tasks run")


def test_a_rollback_fails_with_the_reasons_and_the_last_lines() -> None:
    tasks = [
        stopped(2, revision=OLD, reason="Essential container in task exited", app=9),
        stopped(6, reason="Essential container in task exited", app=1, proxy=0),
        stopped(7, reason="Essential container in task exited", app=1, proxy=0),
        stopped(8, reason="Scaling activity initiated by (deployment ecs-svc/6)", app=143),
    ]
    logs = FakeLogs(
        {f"ecs/app/{7:032x}": [f"line {n}" for n in range(30)], f"ecs/app/{6:032x}": ["other"]}
    )
    assert fails(FakeEcs(ROLLING, BACK, tasks=tasks), logs=logs).splitlines() == [
        (
            "ledger: revision turnstay-staging-ledger:7 did not roll out,"
            " the service is on turnstay-staging-ledger:6 instead"
        ),
        f"  ECS: {BREAKER}",
        "  2 tasks stopped: Essential container in task exited (app: exit code 1)",
        f"  last lines of app in task {7:032x}:",
        *[f"    line {n}" for n in range(10, 30)],
    ]


def test_a_rollback_whose_failed_deployment_ecs_no_longer_shows_fails_too() -> None:
    gone = service(deployment(OLD, "COMPLETED", 6))
    assert "the service is on turnstay-staging-ledger:6 instead" in fails(FakeEcs(ROLLING, gone))


def test_a_first_deployment_that_fails_has_none_to_go_back_to() -> None:
    failed = service(deployment(NEW, "FAILED", 5, rolloutStateReason=BREAKER), events=["(x) no"])
    ecs = FakeEcs(service(deployment(NEW, "IN_PROGRESS", 5)), failed)
    assert fails(ecs).splitlines() == [
        (
            "ledger: revision turnstay-staging-ledger:7 did not roll out,"
            " and there is none to go back to"
        ),
        f"  ECS: {BREAKER}",
        "  ECS: (x) no",
    ]


def test_an_earlier_runs_rollback_is_asked_for_once_more_and_may_succeed() -> None:
    again = service(deployment(NEW, "IN_PROGRESS", 9), deployment(OLD, "COMPLETED", 6))
    done = service(deployment(NEW, "COMPLETED", 9))
    ecs = FakeEcs(service(deployment(OLD, "COMPLETED", 6)), after_update=[again, again, done])
    lines = run(ecs)
    assert lines[0] == (
        "ledger: runs turnstay-staging-ledger:6: an earlier rollout failed, or somebody went back by"
        " hand; asks ECS for a new deployment"
    )
    assert lines[-1] == RUNS
    assert ecs.updates == [
        {
            "cluster": arn("ecs", "cluster/turnstay-staging"),
            "service": SERVICE,
            "taskDefinition": NEW,
            "forceNewDeployment": True,
        }
    ]


def test_it_asks_once_and_not_again() -> None:
    failed_again = deployment(NEW, "FAILED", 9, status="ACTIVE", rolloutStateReason=BREAKER)
    ecs = FakeEcs(
        BACK,
        after_update=[
            service(deployment(NEW, "IN_PROGRESS", 9)),
            service(deployment(OLD, "IN_PROGRESS", 10), failed_again),
        ],
    )
    assert "the service is on turnstay-staging-ledger:6 instead" in fails(ecs)
    assert len(ecs.updates) == 1


def test_a_first_deployment_that_failed_in_an_earlier_run_is_asked_for_once_more() -> None:
    failed = service(deployment(NEW, "FAILED", 5))
    ecs = FakeEcs(failed, after_update=[service(deployment(NEW, "COMPLETED", 9))])
    assert "its last rollout failed; asks ECS" in run(ecs)[0]


def test_answers_from_before_the_asking_are_neither_success_nor_failure() -> None:
    stale_failure = service(deployment(OLD, "COMPLETED", 6))
    stale_success = service(deployment(NEW, "COMPLETED", 5))
    done = service(deployment(NEW, "COMPLETED", 9))
    ecs = FakeEcs(
        stale_failure,
        after_update=[
            service(deployment(NEW, "IN_PROGRESS", 9)),
            stale_failure,
            stale_success,
            stale_failure,
            done,
        ],
    )
    assert run(ecs)[-1] == RUNS
    assert ecs.answers == [done]


def test_a_rollback_that_carries_an_old_date_is_seen_in_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("components.compute.rollout_watch.STALE_SECONDS", 0.0)
    before = service(deployment(OLD, "COMPLETED", 6))
    ecs = FakeEcs(before, after_update=[service(deployment(NEW, "IN_PROGRESS", 9)), before])
    assert "the service is on turnstay-staging-ledger:6 instead" in fails(ecs)


CALLEES = {name: arn("ecs", f"service/turnstay-staging/{name}") for name in ("recon", "payouts")}


def test_a_callee_that_came_after_the_tasks_needs_a_new_deployment() -> None:
    ecs = FakeEcs(
        ROLLING,
        after_update=[service(deployment(NEW, "COMPLETED", 9))],
        callees={CALLEES["recon"]: at(5), CALLEES["payouts"]: at(4)},
    )
    assert run(ecs, rollout(callees=CALLEES))[0] == (
        "ledger: its tasks cannot see recon, which came after them; asks ECS for a new deployment"
    )
    assert len(ecs.updates) == 1


def test_callees_that_were_there_or_are_not_yet_change_nothing() -> None:
    ecs = FakeEcs(DONE, callees={CALLEES["recon"]: at(4)})
    run(ecs, rollout(callees=CALLEES))
    assert ecs.updates == []


def test_ecs_is_asked_for_ten_services_at_most() -> None:
    many = {f"s{n}": arn("ecs", f"service/turnstay-staging/s{n}") for n in range(23)}
    ecs = FakeEcs(DONE, callees=dict.fromkeys(many.values(), at(1)))
    run(ecs, rollout(callees=many))
    assert ecs.asked_at_once == [10, 10, 3]
