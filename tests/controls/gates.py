"""Controls on the gates before a database's users: each function gives its findings over a recorded program."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.controls.revisions import released_by
from tests.controls.tasks import TASK
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.registration import Registration

SERVICE: Final = "aws:ecs/service:Service"
STASH: Final = "pulumi:index:Stash"
ROLES: Final = "turnstay:database:RolesGate"
MIGRATIONS: Final = "turnstay:database:MigrationsGate"
ONE_OFF: Final = "turnstay:database:OneOffTask"
GROUP: Final = "aws:ec2/securityGroup:SecurityGroup"
INGRESS: Final = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
ROLE: Final = "aws:iam/role:Role"
ROLE_POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
BEFORE: Final = ("before_create", "before_update")


def gates_act_before_they_take_anything_in(recording: Recording) -> list[str]:
    """What fails after that is recorded as done; and a gate without its first hook lets a new service through."""
    return [
        f"{gate.name}: {', '.join(sorted(gate.hooks)) or 'no hook'}"
        for gate in _gates(recording, ROLES, MIGRATIONS)
        if sorted(gate.hooks) != sorted(BEFORE) or not all(gate.hooks.values())
    ]


def gates_wait_for_what_their_task_needs(recording: Recording) -> list[str]:
    """A task without its policy does not start; without its way to the database it waits in vain."""
    return [
        f"{gate.name}: does not wait for {each.name}"
        for gate in _gates(recording, ROLES, MIGRATIONS)
        for each in recording.registrations.values()
        if each.custom
        and ONE_OFF in each.urn
        and each.urn.startswith(gate.urn.removesuffix(f"${STASH}::{gate.name}"))
        and each.name.startswith(gate.name.removesuffix("done"))
        and each.urn not in gate.dependencies
    ]


def services_take_their_revision_from_a_gate(recording: Recording) -> list[str]:
    """By no other way: what the engine is told to leave out then keeps its old revision, and so do its users."""
    gates = {gate.urn: gate for gate in _gates(recording, MIGRATIONS)}
    findings = []
    for service in recording.all(SERVICE):
        revision = _revision(recording, service.inputs["taskDefinition"])
        if revision is None or not _uses_a_database(revision):
            continue
        sources = service.property_dependencies.get("taskDefinition", ())
        gate = gates.get(sources[0]) if len(sources) == 1 else None
        if gate is None:
            findings.append(f"{service.name}: its revision comes past the gate")
        elif gate.inputs["input"].get("release") != service.inputs["taskDefinition"]:
            findings.append(f"{service.name}: its revision is another than the gate lets through")
        elif revision.urn not in released_by(recording, gate):
            findings.append(f"{gate.name}: does not know the revision of {service.name}")
    return findings


def migrations_come_after_roles(recording: Recording) -> list[str]:
    """By an input, which no `--target` leaves out."""
    roles = {gate.urn: gate for gate in _gates(recording, ROLES)}
    findings = []
    for gate in _gates(recording, MIGRATIONS):
        before = [roles[urn] for urn in gate.property_dependencies["input"] if urn in roles]
        ready = [each.inputs["input"]["task"]["taskDefinition"] for each in before]
        if gate.inputs["input"].get("after") not in ready:
            findings.append(f"{gate.name}: does not wait for the roles")
    return findings


def gates_notice_what_they_are_about(recording: Recording) -> list[str]:
    """A gate acts when its input changes: a new image, text, password or server must be in it."""
    findings = []
    for gate in _gates(recording, ROLES, MIGRATIONS):
        held = gate.inputs["input"]
        own = _revision(recording, held.get("task", {}).get("taskDefinition", ""))
        if own is None or own.urn not in gate.property_dependencies["input"]:
            findings.append(f"{gate.name}: does not notice another task")
        server = held.get("server") if ROLES in gate.urn else held.get("migrates", {}).get("server")
        if not server:
            findings.append(f"{gate.name}: does not notice another server")
        if MIGRATIONS in gate.urn and not held.get("migrates", {}).get("image"):
            findings.append(f"{gate.name}: does not notice another image")
    return findings


def code_of_gates_may_do_nothing_in_aws(recording: Recording) -> list[str]:
    """It has a database login; a role in AWS would be one more thing to steal."""
    codes = {
        role.urn
        for task in recording.all(TASK)
        if ONE_OFF in task.urn
        for role in recording.all(ROLE)
        if OUTPUTS[ROLE](role.name, role.inputs)["arn"] == task.inputs["taskRoleArn"]
    }
    return [
        f"{policy.name}: rights for the code of a gate"
        for policy in recording.all(ROLE_POLICY)
        if codes & set(policy.property_dependencies["role"])
    ]


def nothing_calls_a_gate(recording: Recording) -> list[str]:
    """A gate's task only calls, and reaches no more than HTTPS and one group."""
    groups = {group.urn: group for group in recording.all(GROUP) if ONE_OFF in group.urn}
    findings = []
    for rule in (*recording.all(INGRESS), *recording.all(EGRESS)):
        urns = rule.property_dependencies.get("securityGroupId", ())
        for group in [groups[urn] for urn in urns if urn in groups]:
            https = (rule.inputs.get("fromPort"), rule.inputs.get("toPort")) == (443, 443)
            if rule.type == INGRESS:
                findings.append(f"{group.name}: {rule.name} lets somebody in")
            elif not https and not rule.inputs.get("referencedSecurityGroupId"):
                findings.append(f"{group.name}: {rule.name} leads anywhere")
    return findings


def _gates(recording: Recording, *kinds: str) -> Iterator[Registration]:
    for each in recording.all(STASH):
        if any(f"{kind}$" in each.urn for kind in kinds):
            yield each


def _revision(recording: Recording, arn: Any) -> Registration | None:
    for each in recording.all(TASK):
        if OUTPUTS[TASK](each.name, each.inputs)["arn"] == arn:
            return each
    return None


def _uses_a_database(task: Registration) -> bool:
    return any(
        secret["name"] == "DATABASE_URL"
        for container in task.json("containerDefinitions")
        for secret in container.get("secrets", [])
    )
