"""Controls on the ways of alerts: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from components.observability.alarm import alarms_of
from tests.controls.database_inputs import keys_of
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.engine.values import Secret

CONFIG: Final = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig"
CONNECTION: Final = "aws:cloudwatch/eventConnection:EventConnection"
FUNCTION: Final = "aws:lambda/function:Function"
QUEUE: Final = "aws:sqs/queue:Queue"
QUEUE_POLICY: Final = "aws:sqs/queuePolicy:QueuePolicy"
RULE: Final = "aws:cloudwatch/eventRule:EventRule"
SCHEDULE: Final = "aws:scheduler/schedule:Schedule"
SUBSCRIPTION: Final = "aws:sns/topicSubscription:TopicSubscription"
TARGET: Final = "aws:cloudwatch/eventTarget:EventTarget"
METRIC: Final = "aws:cloudwatch/metricAlarm:MetricAlarm"
COMPOSITE: Final = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
OUTSIDE: Final = ":api-destination/"


def pages_go_both_ways_once(recording: Recording) -> list[str]:
    """Each alarm and event that pages is told to Honeybadger by one rule; a child or a ticket by none."""
    counted = Counter(
        name
        for rule in recording.all(RULE)
        if rule.json("eventPattern")["source"] == ["aws.cloudwatch"]
        for _ in range(len(_outside(recording, rule)))
        for name in rule.json("eventPattern")["detail"]["alarmName"]
    )
    alarms = {_name(each): each for kind in (METRIC, COMPOSITE) for each in recording.all(kind)}
    children = {
        below for each in recording.all(COMPOSITE) for below in alarms_of(each.inputs["alarmRule"])
    }
    # A composite may stand in another's rule, for what it keeps silent.
    silent = children - {_name(each) for each in recording.all(COMPOSITE)}
    wanted = {name for name, each in alarms.items() if _pages(each)} - silent
    findings = [
        f"{name}: told {counted[name]} times" for name in sorted(wanted) if counted[name] != 1
    ]
    findings += [
        f"{name}: wakes somebody" for name in sorted(counted) if name in alarms.keys() - wanted
    ]
    return findings + [
        f"{rule.name}: told {len(found)} times"
        for rule in recording.all(RULE)
        if _pages(rule) and len(found := _outside(recording, rule)) != 1
    ]


def what_is_not_delivered_is_kept(recording: Recording) -> list[str]:
    """A dead-letter queue of this program behind every function, subscription, schedule and address outside."""
    queues = {str(OUTPUTS[QUEUE](each.name, each.inputs)["arn"]) for each in recording.all(QUEUE)}
    return [
        f"{name}: nothing keeps what fails"
        for name, arn in _letters(recording)
        if arn not in queues
    ]


def queues_are_encrypted_and_ask_for_tls(recording: Recording) -> list[str]:
    """SQS.1, with a key of ours; and a policy that is for services by name and for named sources."""
    findings = []
    for queue in recording.all(QUEUE):
        if queue.inputs.get("kmsMasterKeyId") not in keys_of(recording):
            findings.append(f"{queue.name}: key {queue.inputs.get('kmsMasterKeyId')}")
        url = OUTPUTS[QUEUE](queue.name, queue.inputs)["url"]
        statements = [
            statement
            for each in recording.all(QUEUE_POLICY)
            if each.inputs["queueUrl"] == url
            for statement in each.json("policy")["Statement"]
        ]
        if not any(_denies_plain(each) for each in statements):
            findings.append(f"{queue.name}: takes messages without TLS")
        findings += [
            f"{queue.name}: {each['Sid']} is for anybody"
            for each in statements
            if each["Effect"] == "Allow"
            and (each["Principal"] == "*" or not each.get("Condition", {}).get("ArnLike"))
        ]
    return findings


def keys_of_connections_are_secret(recording: Recording) -> list[str]:
    """The engine encrypts them in the state."""
    return [
        f"{each.name}: its key is in clear"
        for each in recording.all(CONNECTION)
        if not isinstance(each.inputs["authParameters"]["apiKey"]["value"], Secret)
    ]


def _outside(recording: Recording, rule: Registration) -> list[Registration]:
    return [
        each
        for each in recording.all(TARGET)
        if each.inputs["rule"] == rule.inputs["name"] and OUTSIDE in each.inputs["arn"]
    ]


def _letters(recording: Recording) -> Iterator[tuple[str, Any]]:
    configured = {each.inputs["functionName"]: each for each in recording.all(CONFIG)}
    for each in recording.all(FUNCTION):
        config = configured.get(each.inputs["name"])
        failure = (config.inputs.get("destinationConfig") or {}) if config else {}
        yield each.name, failure.get("onFailure", {}).get("destination")
    for each in recording.all(SUBSCRIPTION):
        yield each.name, json.loads(each.inputs.get("redrivePolicy", "{}")).get(
            "deadLetterTargetArn"
        )
    for each in recording.all(SCHEDULE):
        yield each.name, each.inputs["target"].get("deadLetterConfig", {}).get("arn")
    for each in recording.all(TARGET):
        if OUTSIDE in each.inputs["arn"]:
            yield each.name, each.inputs.get("deadLetterConfig", {}).get("arn")


def _denies_plain(statement: dict[str, Any]) -> bool:
    return (statement["Effect"], statement["Principal"], statement.get("Condition")) == (
        "Deny", "*", {"Bool": {"aws:SecureTransport": "false"}}
    )  # fmt: skip


def _pages(each: Registration) -> bool:
    return bool(each.inputs.get("tags", {}).get("severity") == "page")


def _name(alarm: Registration) -> str:
    return str(alarm.inputs.get("name") or alarm.inputs["alarmName"])
