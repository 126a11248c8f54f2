"""Controls on the life of tasks hold, and each is seen to fail on a task that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import task_life as controls
from tests.controls.compute_sample import compute
from tests.controls.mutation import Change, Mutation, controls_of, each_of, setting
from tests.controls.tables import table
from tests.controls.task_life import LOAD_BALANCER, TARGET_GROUP
from tests.controls.tasks import TASK
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording


def _task(path: str, value: Any = DELETE) -> Change:
    return setting(TASK, "api-task", path, value)


def _app(path: str, value: Any = DELETE) -> Change:
    return _task(f"containerDefinitions!.0.{path}", value)


def _variable(name: str, value: Any = DELETE) -> Change:
    def change(recording: Recording) -> Recording:
        app, *_ = recording.one(TASK, "api-task").json("containerDefinitions")
        place = f"environment.{[each['name'] for each in app['environment']].index(name)}"
        changed = _app(place) if value is DELETE else _app(f"{place}.value", value)
        return changed(recording)

    return change


MUTATIONS = [
    *table(
        controls.tasks_have_a_size_that_fargate_has,
        "api-task: ",
        ("too little memory", _task("memory", "512")),
        ("between two sizes", _task("memory", "1536")),
        ("no such cpu", _task("cpu", "300")),
        ("no cpu", _task("cpu")),
    ),
    *table(
        controls.containers_fit_in_their_task,
        "its containers leave",
        ("nothing for the proxy", _app("memory", 960)),
        ("less than nothing", _app("memory", 2048)),
    ),
    *table(
        controls.containers_fit_in_their_task,
        "a container without a limit",
        ("no limit", _app("memory")),
    ),
    *table(
        controls.applications_say_whether_they_are_well,
        "is not asked in Python for /health",
        ("no check", _app("healthCheck")),
        ("curl", _app("healthCheck.command", ["CMD", "curl", "http://127.0.0.1/health"])),
        ("another path", _app("healthCheck.command.3", "r.urlopen('http://127.0.0.1:8000/')")),
    ),
    *table(
        controls.applications_say_whether_they_are_well,
        "health checks overlap",
        ("slow checks", _app("healthCheck.timeout", 15)),
    ),
    *table(
        controls.applications_end_before_they_are_killed,
        "api-task: app: ends after",
        ("killed at once", _app("stopTimeout", 10)),
        ("by default", _app("stopTimeout")),
        ("longer than Fargate waits", _app("stopTimeout", 121)),
        (
            "an application that takes its time",
            _variable("UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN", "60"),
        ),
        ("one that does not end", _variable("UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN")),
        ("late requests", setting(TARGET_GROUP, "api-tg", "deregistrationDelay", 60)),
        ("AWS's five minutes", setting(TARGET_GROUP, "api-tg", "deregistrationDelay")),
    ),
    *table(
        controls.applications_end_before_they_are_killed,
        "a shell keeps SIGTERM from it",
        ("a shell", _app("command", ["sh", "-c", "uvicorn app.main:app"])),
        ("the image's command", _app("command")),
    ),
    *table(
        controls.applications_keep_connections_longer_than_the_load_balancer,
        "keeps a connection no longer than",
        ("uvicorn's 5 s", _variable("UVICORN_TIMEOUT_KEEP_ALIVE")),
        ("as long", _variable("UVICORN_TIMEOUT_KEEP_ALIVE", "65")),
        ("a patient load balancer", setting(LOAD_BALANCER, "edge", "idleTimeout", 120)),
    ),
    *table(
        controls.applications_write_nowhere_by_themselves,
        "api-task: app: ",
        ("caches", _variable("PYTHONDONTWRITEBYTECODE")),
        ("a home", _variable("HOME", "/root")),
        ("late lines", _variable("PYTHONUNBUFFERED")),
        ("no proxy known", _variable("FORWARDED_ALLOW_IPS")),
        ("everybody a proxy", _variable("FORWARDED_ALLOW_IPS", "*")),
    ),
    *table(
        controls.families_have_a_length_that_ecs_takes,
        "a family of 256 characters",
        ("a long family", _task("family", "x" * 256)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_task_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
