"""Controls on how tasks start, answer and end: no emulator checks these, and each has broken a first deployment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tests.controls.revisions import revisions
from tests.controls.tasks import TASK, containers, is_debug
from tests.engine.recording import Recording
from tests.engine.registration import Registration

SERVICE: Final = "aws:ecs/service:Service"
TARGET_GROUP: Final = "aws:lb/targetGroup:TargetGroup"
LOAD_BALANCER: Final = "aws:lb/loadBalancer:LoadBalancer"
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html: cpu -> GiB, first, last, step
SIZES: Final = {
    "256": [0.5, 1, 2],
    "512": range(1, 5),
    "1024": range(2, 9),
    "2048": range(4, 17),
    "4096": range(8, 31),
    "8192": range(16, 61, 4),
    "16384": range(32, 121, 8),
}
PROXY_MIB: Final = 64
LONGEST_STOP_SECONDS: Final = 120
LONGEST_FAMILY: Final = 255


def tasks_have_a_size_that_fargate_has(recording: Recording) -> list[str]:
    """RegisterTaskDefinition refuses every other pair."""
    return [
        f"{task.name}: {task.inputs.get('cpu')} cpu units with {task.inputs.get('memory')} MiB"
        for task in recording.all(TASK)
        if int(task.inputs.get("memory", 0)) / 1024 not in SIZES.get(task.inputs.get("cpu", ""), [])
    ]


def containers_fit_in_their_task(recording: Recording) -> list[str]:
    """With Service Connect their limits leave its proxy 64 MiB: it has no limit and lives on the rest."""
    proxied = {urn for service in _connected(recording) for urn in revisions(recording, service)}
    findings = []
    for task in recording.all(TASK):
        limits = [each.get("memory") for each in task.json("containerDefinitions")]
        if None in limits:
            findings.append(f"{task.name}: a container without a limit may take the proxy's memory")
            continue
        left = int(task.inputs["memory"]) - sum(limits)
        if left < (PROXY_MIB if task.urn in proxied else 0):
            findings.append(f"{task.name}: its containers leave {left} MiB")
    return findings


def applications_say_whether_they_are_well(recording: Recording) -> list[str]:
    """ECS needs it for rollouts of services that no load balancer checks. The images have Python and no curl."""
    findings = []
    for task, container, name in containers(recording):
        check = container.get("healthCheck", {})
        if container["name"] != "app" or is_debug(task):
            continue
        if check.get("command", [])[:2] != ["CMD", "python"] or "/health" not in str(check):
            findings.append(f"{name}: is not asked in Python for /health")
        if not 0 < check.get("timeout", 0) < check.get("interval", 0):
            findings.append(f"{name}: its health checks overlap")
    return findings


def applications_end_before_they_are_killed(recording: Recording) -> list[str]:
    """The target group lets go first, then the application ends, then Fargate would kill it."""
    delays = [
        each.inputs.get("deregistrationDelay", 300) for each in recording.all(TARGET_GROUP)
    ] or [0]
    findings = []
    for task, container, name in containers(recording):
        if container["name"] != "app" or is_debug(task):
            continue
        stop = container.get("stopTimeout", 30)
        graceful = int(_variable(container, "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN") or stop)
        if not max(delays) < graceful < stop <= LONGEST_STOP_SECONDS:
            findings.append(f"{name}: ends after {max(delays)}, {graceful} and {stop} s")
        if container.get("command", ["sh"])[0] in ("sh", "bash", "/bin/sh", "/bin/bash"):
            findings.append(f"{name}: a shell keeps SIGTERM from it")
    return findings


def applications_keep_connections_longer_than_the_load_balancer(recording: Recording) -> list[str]:
    """Else one is closed while a request is on its way, which the caller sees as a 502."""
    idle = max(
        (each.inputs.get("idleTimeout", 60) for each in recording.all(LOAD_BALANCER)), default=60
    )
    public = {
        urn
        for service in recording.all(SERVICE)
        if service.inputs.get("loadBalancers")
        for urn in revisions(recording, service)
    }
    return [
        f"{name}: keeps a connection no longer than {idle} s"
        for task, container, name in containers(recording)
        if task.urn in public
        and container["name"] == "app"
        and int(_variable(container, "UVICORN_TIMEOUT_KEEP_ALIVE") or 5) <= idle
    ]


def applications_write_nowhere_by_themselves(recording: Recording) -> list[str]:
    """Python and what asks for HOME stay off the read-only root; its logs are not kept back; proxies are known."""
    wanted: dict[str, Callable[[str], bool]] = {
        "HOME": lambda value: value == "/tmp",  # noqa: S108
        "PYTHONDONTWRITEBYTECODE": lambda value: value == "1",
        "PYTHONUNBUFFERED": lambda value: value == "1",
        "FORWARDED_ALLOW_IPS": lambda value: value not in ("", "*"),
    }
    return [
        f"{name}: {variable} is {_variable(container, variable) or 'missing'}"
        for task, container, name in containers(recording)
        if container["name"] == "app" and not is_debug(task)
        for variable, good in wanted.items()
        if not good(_variable(container, variable))
    ]


def families_have_a_length_that_ecs_takes(recording: Recording) -> list[str]:
    """At most 255 characters."""
    return [
        f"{task.name}: a family of {len(task.inputs['family'])} characters"
        for task in recording.all(TASK)
        if len(task.inputs["family"]) > LONGEST_FAMILY
    ]


def _variable(container: dict[str, Any], name: str) -> str:
    values = {each["name"]: each["value"] for each in container.get("environment", [])}
    return str(values.get(name, ""))


def _connected(recording: Recording) -> Iterator[Registration]:
    for service in recording.all(SERVICE):
        if service.inputs.get("serviceConnectConfiguration", {}).get("enabled"):
            yield service
