"""Controls on task definitions hold, and each is seen to fail on a task that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import tasks as controls
from tests.controls.compute_sample import compute, secret
from tests.controls.mutation import (
    Change,
    Mutation,
    becomes,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.tables import table
from tests.controls.tasks import LOG_GROUP, TASK
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

CONTAINERS = "containerDefinitions!"


def _task(path: str, value: Any = DELETE) -> Change:
    return setting(TASK, "ledger-task", path, value)


def _app(path: str, value: Any = DELETE) -> Change:
    return _task(f"{CONTAINERS}.0.{path}", value)


def _sidecar(path: str, value: Any = DELETE) -> Change:
    return _task(f"{CONTAINERS}.1.{path}", value)


MUTATIONS = [
    *table(
        controls.tasks_run_on_fargate_alone,
        "ledger-task: ",
        ("bridge", _task("networkMode", "bridge")),
        ("no network mode", _task("networkMode")),
        ("on hosts", _task("requiresCompatibilities", ["EC2"])),
    ),
    *table(
        controls.tasks_do_not_see_the_host,
        "is host",
        ("processes", _task("pidMode", "host")),
        ("memory", _task("ipcMode", "host")),
    ),
    *table(
        controls.containers_have_no_privilege,
        "ledger-task: app: ",
        ("privileged", _app("privileged", value=True)),
        ("all capabilities", _app("linuxParameters.capabilities")),
        ("one more", _app("linuxParameters.capabilities.add", ["SYS_PTRACE"])),
        ("some dropped", _app("linuxParameters.capabilities.drop", ["NET_RAW"])),
        ("no init", _app("linuxParameters.initProcessEnabled", value=False)),
    ),
    *table(
        controls.containers_have_no_privilege,
        "ledger-task: collector: ",
        ("a privileged sidecar", _sidecar("privileged", value=True)),
        ("a sidecar with all capabilities", _sidecar("linuxParameters")),
    ),
    *table(
        controls.containers_are_not_root,
        "runs as",
        *(
            (f"user {becomes(value)}", _app("user", value))
            for value in ("root", "0", "0:0", "root:x", "", DELETE)
        ),
        ("a sidecar", _sidecar("user", "root")),
    ),
    *table(
        controls.containers_cannot_change_themselves,
        "root can be written to",
        ("a writable root", _app("readonlyRootFilesystem", value=False)),
        ("by default", _app("readonlyRootFilesystem")),
        ("a sidecar", _sidecar("readonlyRootFilesystem")),
    ),
    *table(
        controls.containers_cannot_change_themselves,
        "cannot write to /tmp, or can do more",
        ("no /tmp", _app("linuxParameters.tmpfs")),
        ("elsewhere", _app("linuxParameters.tmpfs.0.containerPath", "/var/tmp")),  # noqa: S108
        ("of no size", _app("linuxParameters.tmpfs.0.size", 0)),
        ("root's", _app("linuxParameters.tmpfs.0.mountOptions", ["nodev", "noexec", "nosuid"])),
        ("another user's", _app("user", "10002:10001")),
        ("with programs", _app("linuxParameters.tmpfs.0.mountOptions.2", "exec")),
    ),
    *table(
        controls.no_variable_holds_a_secret,
        "is plain",
        *(
            (name, _app("environment", [{"name": name, "value": "x"}]))
            for name in (
                *("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "ECS_ENGINE_AUTH_DATA"),
                *("DB_PASSWORD", "SECRET_KEY", "GITHUB_TOKEN", "HONEYBADGER_API_KEY"),
                *("SENTRY_DSN", "DATABASE_URL"),
            )
        ),
    ),
    *table(
        controls.no_variable_holds_a_secret,
        "is no reference of a secret",
        ("a value", _app("secrets.0.valueFrom", "hunter2")),
        ("a parameter", _app("secrets.0.valueFrom", "arn:aws:ssm:eu-west-1:1:parameter/x")),
        ("one colon", _app("secrets.0.valueFrom", f"{secret('ledger')}:secret_key")),
    ),
    *table(
        controls.containers_log_where_logs_are_kept,
        "logs to no group of this program",
        ("nowhere", _app("logConfiguration")),
        ("another driver", _app("logConfiguration.logDriver", "json-file")),
        ("a strange group", _app("logConfiguration.options.awslogs-group", "/x")),
        ("a sidecar nowhere", _sidecar("logConfiguration")),
        ("no group", removing(LOG_GROUP, "ledger-log")),
    ),
    *table(
        controls.containers_log_where_logs_are_kept,
        "is not kept, or not encrypted",
        ("AWS's key", setting(LOG_GROUP, "ledger-log", "kmsKeyId")),
        ("half a year", setting(LOG_GROUP, "ledger-log", "retentionInDays", 180)),
    ),
    *table(
        controls.images_are_named_by_digest,
        "ledger-task: ",
        ("a tag", _app("image", "x/ledger:1.2")),
        ("half a digest", _app("image", "x/ledger@sha256:abc")),
        ("a sidecar's tag", _sidecar("image", "collector:latest")),
        (
            "another public image by tag",
            _app(
                "image",
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/docker/library/python:17",
            ),
        ),
        (
            "a tag that is no major version",
            _app(
                "image",
                "111122223333.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/docker/library/postgres:latest",
            ),
        ),
    ),
    *table(
        controls.revisions_stay_for_a_rollback,
        "deregistered when it is replaced",
        ("false", _task("skipDestroy", value=False)),
        ("left out", _task("skipDestroy")),
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


def test_a_debug_task_alone_may_write_to_its_root() -> None:
    sound = compute()
    task = sound.one(TASK, "ledger-debug-task")
    assert task.json("containerDefinitions")[0]["readonlyRootFilesystem"] is False
    assert controls.containers_cannot_change_themselves(sound) == []
