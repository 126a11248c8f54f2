"""Controls on task definitions: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration

TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
DEBUG: Final = "turnstay:compute:DebugTask"
CREDENTIAL: Final = re.compile(
    "PASSWORD|SECRET|TOKEN|API_?KEY|DSN|AWS_ACCESS_KEY_ID|ECS_ENGINE_AUTH_DATA|DATABASE_URL"
)
SECRET_ARN: Final = re.compile(
    r"arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[^:]+(:[^:]*:[^:]*:[^:]*)?"
)
DIGEST: Final = re.compile(r"\S+@sha256:[0-9a-f]{64}")
CLIENT: Final = re.compile(
    r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com/ecr-public/docker/library/postgres:\d\d"
)
TMPFS_OPTIONS: Final = {"nodev", "noexec", "nosuid"}
A_YEAR: Final = 365


def containers(recording: Recording) -> Iterator[tuple[Registration, dict[str, Any], str]]:
    """Every container with its task and a name for findings."""
    for task in recording.all(TASK):
        for container in task.json("containerDefinitions"):
            yield task, container, f"{task.name}: {container['name']}"


def is_debug(task: Registration) -> bool:
    """Whether it is a task for people to look around in."""
    return DEBUG in task.urn


def tasks_run_on_fargate_alone(recording: Recording) -> list[str]:
    """ECS.17, and what Fargate demands."""
    return [
        f"{task.name}: {key} is {task.inputs.get(key)}"
        for task in recording.all(TASK)
        for key, wanted in (("networkMode", "awsvpc"), ("requiresCompatibilities", ["FARGATE"]))
        if task.inputs.get(key) != wanted
    ]


def tasks_do_not_see_the_host(recording: Recording) -> list[str]:
    """ECS.3, and the same for memory."""
    return [
        f"{task.name}: {key} is host"
        for task in recording.all(TASK)
        for key in ("pidMode", "ipcMode")
        if task.inputs.get(key) == "host"
    ]


def containers_have_no_privilege(recording: Recording) -> list[str]:
    """ECS.4, and stricter: no capability is left, none is added."""
    findings = []
    for _, container, name in containers(recording):
        linux = container.get("linuxParameters", {})
        if container.get("privileged"):
            findings.append(f"{name}: privileged")
        if linux.get("capabilities") != {"drop": ["ALL"]}:
            findings.append(f"{name}: capabilities {linux.get('capabilities')}")
        if linux.get("initProcessEnabled") is not True:
            findings.append(f"{name}: nobody reaps its children")
    return findings


def containers_are_not_root(recording: Recording) -> list[str]:
    """ECS.20."""
    return [
        f"{name}: runs as {container.get('user', 'the user of its image')}"
        for _, container, name in containers(recording)
        if container.get("user", "root").split(":")[0] in ("root", "0", "")
    ]


def containers_cannot_change_themselves(recording: Recording) -> list[str]:
    """ECS.5; the application has a /tmp that its user can write to, and only a debug task more than that."""
    findings = []
    for task, container, name in containers(recording):
        if container.get("readonlyRootFilesystem") is not True and not is_debug(task):
            findings.append(f"{name}: its root can be written to")
        if container["name"] == "app" and _tmp(container) != _wanted_tmp(container):
            findings.append(f"{name}: its user cannot write to /tmp, or can do more")
    return findings


def _tmp(container: dict[str, Any]) -> tuple[str, set[str], bool]:
    mounts = container.get("linuxParameters", {}).get("tmpfs") or [{}]
    (mount,) = mounts
    size = mount.get("size", 0)
    return mount.get("containerPath", ""), set(mount.get("mountOptions", [])), size > 0


def _wanted_tmp(container: dict[str, Any]) -> tuple[str, set[str], bool]:
    user, _, group = container.get("user", "").partition(":")
    return "/tmp", {*TMPFS_OPTIONS, f"uid={user}", f"gid={group}"}, True  # noqa: S108


def no_variable_holds_a_secret(recording: Recording) -> list[str]:
    """ECS.8; secrets are given by the ARN of a secret, a key in it as `ARN:key::`."""
    findings = []
    for _, container, name in containers(recording):
        findings += [
            f"{name}: {each['name']} is plain"
            for each in container.get("environment", [])
            if CREDENTIAL.search(each["name"])
        ]
        findings += [
            f"{name}: {each['name']} is no reference of a secret"
            for each in container.get("secrets", [])
            if not SECRET_ARN.fullmatch(each["valueFrom"])
        ]
    return findings


def containers_log_where_logs_are_kept(recording: Recording) -> list[str]:
    """ECS.9 with CloudWatch.16: a group of this program, encrypted with a key of ours, for a year at least."""
    groups = {each.inputs["name"]: each.inputs for each in recording.all(LOG_GROUP)}
    findings = []
    for _, container, name in containers(recording):
        log = container.get("logConfiguration", {})
        group = groups.get(log.get("options", {}).get("awslogs-group"))
        if log.get("logDriver") != "awslogs" or group is None:
            findings.append(f"{name}: logs to no group of this program")
        elif not group.get("kmsKeyId") or group.get("retentionInDays", 0) < A_YEAR:
            findings.append(f"{name}: its log is not kept, or not encrypted with a key of ours")
    return findings


def images_are_named_by_digest(recording: Recording) -> list[str]:
    """A tag could come to mean something else between two tasks.

    That of PostgreSQL's own image is its major version, whose newest minor one is wanted, from a cache that only ECR writes.
    """
    return [
        f"{name}: {container['image']}"
        for _, container, name in containers(recording)
        if not DIGEST.fullmatch(container["image"]) and not CLIENT.fullmatch(container["image"])
    ]


def revisions_stay_for_a_rollback(recording: Recording) -> list[str]:
    """ECS goes back to the revision before, which must not be deregistered with the next one's coming."""
    return [
        f"{task.name}: deregistered when it is replaced"
        for task in recording.all(TASK)
        if task.inputs.get("skipDestroy") is not True
    ]
