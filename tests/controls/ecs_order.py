"""Controls on what an ECS service waits for, and on what waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tests.controls.revisions import revisions
from tests.controls.task_life import SERVICE
from tests.controls.tasks import LOG_GROUP
from tests.engine.recording import Recording
from tests.engine.registration import Registration

RULE: Final = "aws:lb/listenerRule:ListenerRule"
POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
MASK: Final = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
GATE: Final = "pulumi:index:Stash"


def services_wait_for_what_their_tasks_need(recording: Recording) -> list[str]:
    """Policies, the log and its mask; and the listener rule, without which ECS refuses the target group."""
    findings = []
    for service in recording.all(SERVICE):
        needed = [
            *_users(recording, POLICY, "role", _roles(recording, service)),
            *_logs(recording, service),
            *_users(recording, RULE, "actions", _behind(service, "loadBalancers")),
        ]
        findings += [
            f"{service.name}: does not wait for {each.name}"
            for each in needed
            if each.urn not in service.dependencies
        ]
    return findings


def services_wait_for_a_way_out(recording: Recording) -> list[str]:
    """The image is pulled through it: the first tasks would fail, and the circuit breaker would count them."""
    return [
        f"{service.name}: waits for no way out"
        for service in recording.all(SERVICE)
        if not {each.urn for each in recording.all(EGRESS)} & set(service.dependencies)
    ]


def load_balanced_services_have_a_rule(recording: Recording) -> list[str]:
    """ECS refuses a target group that no listener uses."""
    return [
        f"{service.name}: no listener leads to it"
        for service in recording.all(SERVICE)
        if service.inputs.get("loadBalancers")
        and not _users(recording, RULE, "actions", _behind(service, "loadBalancers"))
    ]


def every_service_has_a_gate(recording: Recording) -> list[str]:
    """Else an update is green while the old revision serves."""
    findings = []
    for service in recording.all(SERVICE):
        held = [
            gate
            for gate in recording.all(GATE)
            if gate.inputs["input"].get("service", "").endswith(f"/{service.inputs['name']}")
        ]
        if not held:
            findings.append(f"{service.name}: nothing waits for its rollout")
        findings += [f"{gate.name}: {lack}" for gate in held for lack in _lacks(gate, service)]
    return findings


def _lacks(gate: Registration, service: Registration) -> list[str]:
    behind = _behind(gate, "input")
    found = []
    if service.urn not in behind:
        found.append("looks before the service is updated")
    if not set(_behind(service, "taskDefinition")) <= set(behind):
        found.append("is not for the revision that the service asks for")
    if not (gate.hooks.get("before_create") and gate.hooks.get("before_update")):
        found.append("does not look at a first or at a later revision")
    if gate.ignore_changes:
        found.append("ignores changes")
    return found


def _roles(recording: Recording, service: Registration) -> list[str]:
    return [
        role
        for task in revisions(recording, service)
        for key in ("executionRoleArn", "taskRoleArn")
        for role in _behind(recording.registrations[task], key)
    ]


def _logs(recording: Recording, service: Registration) -> list[Registration]:
    used = {
        container["logConfiguration"]["options"]["awslogs-group"]
        for task in revisions(recording, service)
        for container in recording.registrations[task].json("containerDefinitions")
    }
    groups = [each for each in recording.all(LOG_GROUP) if each.inputs["name"] in used]
    masks = [each for each in recording.all(MASK) if each.inputs["logGroupName"] in used]
    return [*groups, *masks]


def _users(recording: Recording, kind: str, key: str, used: Iterable[str]) -> list[Registration]:
    """The resources of a type whose input comes from one of those."""
    return [each for each in recording.all(kind) if set(_behind(each, key)) & set(used)]


def _behind(registration: Registration, key: str) -> tuple[str, ...]:
    return registration.property_dependencies.get(key, ())
