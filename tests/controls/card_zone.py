"""Controls on the card service's separation: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from typing import Final

from tests.controls.network import INGRESS
from tests.controls.repositories import REPOSITORY
from tests.controls.revisions import revisions
from tests.controls.task_life import SERVICE
from tests.controls.tasks import LOG_GROUP, containers, is_debug
from tests.engine.recording import Recording
from tests.engine.registration import Registration

CARD: Final = "secure-card-service"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
MASK: Final = "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy"
# ARN of a secret, without the key inside it that a variable takes.
SECRET: Final = re.compile(r"arn:aws:secretsmanager:[^:]+:\d+:secret:[^:]+")


def belongings(recording: Recording, service: Registration) -> set[str]:
    """What must be a service's alone: groups, roles, log, keys, images and secrets.

    Subnets follow when the card zone has its way out (docs/adr).
    """
    found = set(service.inputs["networkConfiguration"]["securityGroups"])
    groups = {each.inputs["name"]: each.inputs for each in recording.all(LOG_GROUP)}
    repositories = {each.inputs["name"]: each.inputs for each in recording.all(REPOSITORY)}
    for urn in revisions(recording, service):
        task = recording.registrations[urn]
        found |= {task.inputs["executionRoleArn"], task.inputs["taskRoleArn"]}
        definitions = task.json("containerDefinitions")
        found |= {
            match.group()
            for container in definitions
            for secret in container.get("secrets", [])
            if (match := SECRET.match(secret["valueFrom"]))
        }
        for container in definitions:
            log = container["logConfiguration"]["options"]["awslogs-group"]
            found |= {log, str(groups.get(log, {}).get("kmsKeyId"))}
        image = definitions[0]["image"].partition("/")[2].partition("@")[0].partition(":")[0]
        encryption = repositories.get(image, {}).get("encryptionConfigurations") or [{}]
        found |= {f"image {image}", str(encryption[0].get("kmsKey"))}
    return found - {"None"}


def the_card_service_shares_nothing(recording: Recording) -> list[str]:
    """CDE-1."""
    cards = [each for each in recording.all(SERVICE) if each.inputs["name"] == CARD]
    own = {thing for each in cards for thing in belongings(recording, each)}
    return [
        f"{each.name}: shares {thing}"
        for each in recording.all(SERVICE)
        if each not in cards
        for thing in sorted(own & belongings(recording, each))
    ]


def the_card_service_is_entered_by_name_on_one_port(recording: Recording) -> list[str]:
    """CDE-2: from groups that are named, never from addresses."""
    findings, ports = [], set()
    for rule in _rules(recording, INGRESS):
        inputs = rule.inputs
        if not inputs.get("referencedSecurityGroupId"):
            findings.append(f"{rule.name}: open to addresses")
        if inputs["ipProtocol"] != "tcp" or inputs.get("fromPort") != inputs.get("toPort"):
            findings.append(f"{rule.name}: more than one port")
        ports.add(inputs.get("fromPort"))
    return findings + (["it is entered on several ports"] if len(ports) > 1 else [])


def the_card_service_leaves_by_https_alone(recording: Recording) -> list[str]:
    """Until the card zone has its own way out; CDE-3 then closes 0.0.0.0/0 too."""
    return [
        f"{rule.name}: leaves to addresses on {rule.inputs.get('fromPort')}"
        for rule in _rules(recording, EGRESS)
        if rule.inputs.get("cidrIpv4") or rule.inputs.get("cidrIpv6")
        if (rule.inputs["ipProtocol"], rule.inputs.get("fromPort"), rule.inputs.get("toPort"))
        != ("tcp", 443, 443)
    ]


def card_numbers_are_masked_in_its_log(recording: Recording) -> list[str]:
    """A number that is logged by mistake is shown to nobody."""
    masked = {
        each.inputs["logGroupName"]
        for each in recording.all(MASK)
        if "CreditCardNumber" in each.inputs["policyDocument"]
        and "Deidentify" in each.inputs["policyDocument"]
    }
    return [
        f"{group.name}: card numbers can be read"
        for group in recording.all(LOG_GROUP)
        if CARD in group.inputs["name"] and group.inputs["name"] not in masked
    ]


def no_shell_is_offered_beside_card_data(recording: Recording) -> list[str]:
    """A debug task with the card service's image, log or secrets would be one."""
    return [
        f"{name}: a shell beside card data"
        for task, container, name in containers(recording)
        if is_debug(task)
        and any(CARD in str(container.get(key)) for key in ("image", "logConfiguration", "secrets"))
    ]


def _rules(recording: Recording, kind: str) -> list[Registration]:
    groups = {
        group
        for each in recording.all(SERVICE)
        if each.inputs["name"] == CARD
        for group in each.inputs["networkConfiguration"]["securityGroups"]
    }
    return [each for each in recording.all(kind) if each.inputs["securityGroupId"] in groups]
