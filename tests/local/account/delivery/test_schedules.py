"""Schedules do what they say, when they are asked to."""

from __future__ import annotations

import json

from local.account.delivery.schedules import fire
from tests.local.account.delivery.small_functions import Room
from tests.local.account.workbench import until


def test_a_schedule_does_what_it_says_when_it_is_due(room: Room) -> None:
    queue = room.queue("due")
    topic = room.client("sns").create_topic(Name="due")["TopicArn"]
    room.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=queue)
    room.client("cloudwatch").put_metric_alarm(
        AlarmName="test-page", Namespace="n", MetricName="m", Statistic="Sum", Period=60,
        EvaluationPeriods=1, Threshold=1, ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[topic],
    )  # fmt: skip
    state = {"AlarmName": "test-page", "StateValue": "ALARM", "StateReason": "a test"}
    room.client("scheduler").create_schedule(
        Name="weekly", ScheduleExpression="cron(0 9 ? * MON *)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": "arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState",
            "RoleArn": room.role, "Input": json.dumps(state),
        },
    )  # fmt: skip
    fire(room.account_id, "eu-west-1", "default", "weekly")
    (told,) = until(lambda: room.taken("due"), "the test page")
    said = json.loads(json.loads(told["Body"])["Message"])
    assert (said["AlarmName"], said["NewStateReason"]) == ("test-page", "a test")
