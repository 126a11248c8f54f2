from __future__ import annotations

import json
from typing import Any

from tests.components.observability import delivery_samples as samples
from tests.components.observability.delivery_samples import QUEUE, ROLE, TAGS, TOPIC
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn

SCHEDULE = "aws:scheduler/schedule:Schedule"
BUS = arn("events", "event-bus/default")


def _schedule(kind: str, expression: str, target: str, said: dict[str, str], **more: Any) -> Any:
    return {
        "name": f"turnstay-test-alerts-{kind}",
        "groupName": "turnstay-test-alerts",
        "scheduleExpression": expression,
        "scheduleExpressionTimezone": "UTC",
        "flexibleTimeWindow": {"mode": "OFF"},
        "state": "ENABLED",
        "target": {
            "arn": target,
            "roleArn": "arn:aws:iam::111122223333:role/heartbeat-role",
            "input": json.dumps(said),
            "retryPolicy": {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 240},
            "deadLetterConfig": {"arn": QUEUE},
            **more,
        },
    }


def test_each_way_has_a_heartbeat_and_once_a_week_there_is_a_test() -> None:
    recording = samples.schedules()
    test = {
        "AlarmName": "turnstay-test-alerts-test-page",
        "StateValue": "ALARM",
        "StateReason": "The weekly test of the ways that alerts take.",
    }
    event = {"source": "turnstay.test", "detailType": "Heartbeat"}
    five = "rate(5 minutes)"
    assert {each.name: each.inputs for each in recording.all(SCHEDULE)} == {
        "heartbeat-topic": _schedule("topic", five, TOPIC, {"heartbeat": "topic"}),
        "heartbeat-events": _schedule(
            "events", five, BUS, {"heartbeat": "events"}, eventbridgeParameters=event
        ),
        "heartbeat-test-page": _schedule(
            "test-page",
            "cron(0 9 ? * MON *)",
            "arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState",
            test,
        ),
    }
    assert [each for each in recording.registrations.values() if unknown_properties(each)] == []


def test_a_way_that_is_not_there_has_no_heartbeat_and_no_right() -> None:
    recording = samples.schedules(event_source=None)
    assert recording.names(SCHEDULE) == {"heartbeat-topic", "heartbeat-test-page"}
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "heartbeat-role-policy")
    assert "events:PutEvents" not in policy.inputs["policy"]


def test_the_role_is_for_the_schedules_of_this_group_and_sets_one_alarm() -> None:
    recording = samples.schedules()
    (trust,) = recording.one("aws:iam/role:Role", "heartbeat-role").json("assumeRolePolicy")[
        "Statement"
    ]
    assert trust["Condition"]["ArnEquals"] == {
        "aws:SourceArn": arn("scheduler", "schedule-group/turnstay-test-alerts")
    }
    policy = recording.one("aws:iam/rolePolicy:RolePolicy", "heartbeat-role-policy")
    resources = {each["Sid"]: each["Resource"] for each in policy.json("policy")["Statement"]}
    assert resources["TestPage"] == arn("cloudwatch", "alarm:turnstay-test-alerts-test-page")
    assert resources["Events"] == BUS
    group = recording.one("aws:scheduler/scheduleGroup:ScheduleGroup", "heartbeat-group")
    assert group.inputs == {"name": "turnstay-test-alerts", "tags": TAGS}


def test_a_heartbeat_on_the_bus_is_a_check_in() -> None:
    recording = samples.check_in()
    rule = recording.one("aws:cloudwatch/eventRule:EventRule", "heartbeat-rule")
    assert rule.json("eventPattern") == {
        "detail-type": ["Heartbeat"],
        "source": ["turnstay.test"],
    }
    target = recording.one("aws:cloudwatch/eventTarget:EventTarget", "heartbeat-target")
    assert target.inputs == {
        "rule": "turnstay-test-heartbeat",
        "targetId": "check-in",
        "arn": arn("events", "api-destination/check-in"),
        "roleArn": ROLE,
        "retryPolicy": {"maximumRetryAttempts": 2, "maximumEventAgeInSeconds": 240},
        "deadLetterConfig": {"arn": QUEUE},
    }
    assert [each for each in (rule, target) if unknown_properties(each)] == []
