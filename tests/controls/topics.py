"""Controls on topics: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.controls.database_events import SUBSCRIPTION
from tests.controls.database_inputs import keys_of
from tests.controls.keys import KEY
from tests.engine.recording import Recording
from tests.engine.registration import Registration

TOPIC: Final = "aws:sns/topic:Topic"
POLICY: Final = "aws:sns/topicPolicy:TopicPolicy"
# Its deliveries carry no source, so that a condition loses them all: see alert_topic_policies.py.
EVENT_BRIDGE: Final = "events.amazonaws.com"
KEY_ACTIONS: Final = {"kms:Decrypt", "kms:GenerateDataKey*"}


def topics_are_encrypted_with_a_key_of_ours(recording: Recording) -> list[str]:
    """SNS.1, and stricter: a service cannot be let use AWS's key, and its alerts would be lost without an error."""
    return [
        f"{each.name}: key {each.inputs.get('kmsMasterKeyId')}"
        for each in recording.all(TOPIC)
        if each.inputs.get("kmsMasterKeyId") not in keys_of(recording)
    ]


def topics_are_not_public(recording: Recording) -> list[str]:
    """SNS.4: a policy of ours, for services by name, and for what happens in this account."""
    findings = [
        f"{topic.name}: has SNS's own policy"
        for topic in recording.all(TOPIC)
        if not list(_statements(recording, topic))
    ]
    for topic in recording.all(TOPIC):
        for statement in _statements(recording, topic):
            principal, sid = statement["Principal"], statement["Sid"]
            named = isinstance(principal, dict) and not any(
                "*" in _many(each) for each in principal.values()
            )
            if statement["Effect"] == "Allow" and not named:
                findings.append(f"{topic.name}: {sid} is for everybody")
                continue
            source = statement.get("Condition", {}).get("StringEquals", {}).get("aws:SourceAccount")
            if principal != {"Service": EVENT_BRIDGE} and not source:
                findings.append(f"{topic.name}: {sid} is for any customer")
            if statement["Action"] != "sns:Publish":
                findings.append(f"{topic.name}: {sid} does more than publish")
    return findings


def alerts_by_event_bridge_are_not_lost(recording: Recording) -> list[str]:
    """It says nothing of the source, neither to SNS nor to KMS: a condition on it never holds."""
    findings = []
    for topic in recording.all(TOPIC):
        found = [
            f"{topic.name}: {each['Sid']} has a condition"
            for each in _statements(recording, topic)
            if EVENT_BRIDGE in _services(each) and each.get("Condition")
        ]
        findings += found
        findings += [
            f"{topic.name}: its key asks EventBridge for the source"
            for each in _key_statements(recording, topic)
            if EVENT_BRIDGE in _services(each) and "aws:Source" in str(each.get("Condition"))
        ]
    return findings


def whoever_publishes_may_use_the_key(recording: Recording) -> list[str]:
    """Otherwise the alert is lost without an error."""
    findings = []
    for topic in recording.all(TOPIC):
        able = {
            service
            for each in _key_statements(recording, topic)
            if set(_many(each["Action"])) >= KEY_ACTIONS
            and f":{topic.inputs['name']}" in str(each.get("Condition"))
            for service in _services(each)
        }
        findings += [
            f"{topic.name}: {service} may not use its key"
            for each in _statements(recording, topic)
            for service in _services(each)
            if service not in able
        ]
    return findings


def topics_may_be_published_to_before_they_are_used(recording: Recording) -> list[str]:
    """RDS tries a topic when it is told of it."""
    policies = {each.urn for each in recording.all(POLICY)}
    return [
        f"{each.name}: may come before the policy of its topic"
        for each in recording.all(SUBSCRIPTION)
        if not policies & {*each.dependencies, *each.property_dependencies.get("snsTopic", ())}
    ]


def _statements(recording: Recording, topic: Registration) -> Iterator[dict[str, Any]]:
    for policy in recording.all(POLICY):
        if topic.urn in policy.property_dependencies.get("arn", ()):
            yield from policy.json("policy")["Statement"]


def _key_statements(recording: Recording, topic: Registration) -> Iterator[dict[str, Any]]:
    used = topic.property_dependencies.get("kmsMasterKeyId", ())
    for key in recording.all(KEY):
        if key.urn in used:
            yield from key.json("policy")["Statement"]


def _services(statement: dict[str, Any]) -> list[str]:
    principal = statement["Principal"]
    return _many(principal.get("Service", [])) if isinstance(principal, dict) else []


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
