"""Controls on the secrets of services: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tests.controls.secrets import SECRET, VERSION
from tests.controls.tasks import TASK, containers
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.registration import Registration

STASH: Final = "pulumi:index:Stash"
SERVICE: Final = "aws:ecs/service:Service"


def no_variable_is_a_secret_in_one_task_and_plain_in_another(recording: Recording) -> list[str]:
    """Whoever may describe a task definition reads its environment."""
    hidden = {
        each["name"]
        for _, container, _ in containers(recording)
        for each in container.get("secrets", [])
    }
    return [
        f"{name}: {each['name']} is plain"
        for _, container, name in containers(recording)
        for each in container.get("environment", [])
        if each["name"] in hidden
    ]


def services_wait_for_the_values_that_operators_set(recording: Recording) -> list[str]:
    """ECS would start tasks that cannot get their secrets, again and again, until the deployment fails."""
    empty = _without_version(recording)
    findings = []
    for service in recording.all(SERVICE):
        task = _task(recording, service)
        if task is None:
            continue
        needed = {each for each in _references(task) if each in empty}
        held = set(_waited_for(recording, service, str(service.inputs["taskDefinition"])))
        findings += [f"{service.name}: does not wait for {empty[each]}" for each in needed - held]
    return findings


def secrets_of_a_service_are_its_own(recording: Recording) -> list[str]:
    """A value that two services read is known to whoever breaks into one, and replaced in both at once."""
    users: dict[str, set[str]] = {}
    for service in recording.all(SERVICE):
        task = _task(recording, service)
        for each in _references(task) if task else ():
            users.setdefault(each, set()).add(service.name)
    return [
        f"{arn}: read by {', '.join(sorted(names))}"
        for arn, names in users.items()
        if len(names) > 1
    ]


def _without_version(recording: Recording) -> dict[str, str]:
    """ARN -> name of each secret whose value the program does not make."""
    filled = {
        urn
        for version in recording.all(VERSION)
        for urn in version.property_dependencies.get("secretId", ())
    }
    return {
        str(OUTPUTS[SECRET](each.name, each.inputs)["arn"]): each.name
        for each in recording.all(SECRET)
        if each.urn not in filled
    }


def _task(recording: Recording, service: Registration) -> Registration | None:
    wanted = service.inputs["taskDefinition"]
    return next(
        (
            each
            for each in recording.all(TASK)
            if OUTPUTS[TASK](each.name, each.inputs)["arn"] == wanted
        ),
        None,
    )


def _references(task: Registration) -> Iterator[str]:
    """The ARNs of the secrets that a task names."""
    for container in task.json("containerDefinitions"):
        for each in container.get("secrets", []):
            yield ":".join(each["valueFrom"].split(":")[:7])


def _waited_for(recording: Recording, service: Registration, release: str) -> Iterator[str]:
    """The secrets in gates which this very revision passed, and behind which the service is."""
    before = _before(recording, service.urn)
    for gate in recording.all(STASH):
        held = gate.inputs["input"]
        hooked = {"before_create", "before_update"} <= {
            key for key, each in gate.hooks.items() if each
        }
        if hooked and gate.urn in before and held.get("release") == release:
            yield from held.get("secrets", {}).values()


def _before(recording: Recording, urn: str) -> set[str]:
    found: set[str] = set()
    open_ = [urn]
    while open_:
        for each in recording.registrations[open_.pop()].dependencies:
            if each not in found and each in recording.registrations:
                found.add(each)
                open_.append(each)
    return found
