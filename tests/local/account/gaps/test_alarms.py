"""Alarms have the states that AWS gives them, and composite ones follow theirs."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench

TICK = {
    "Namespace": "AWS/RDS",
    "MetricName": "CPUUtilization",
    "Statistic": "Average",
    "Period": 60,
    "EvaluationPeriods": 5,
    "ComparisonOperator": "GreaterThanThreshold",
    "Threshold": 90.0,
}


@pytest.fixture
def cloudwatch(shared_bench: Workbench) -> Any:
    return shared_bench.client("cloudwatch")


def state(cloudwatch: Any, name: str) -> str:
    found = cloudwatch.describe_alarms(
        AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    (alarm,) = found["MetricAlarms"] + found["CompositeAlarms"]
    return str(alarm["StateValue"])


def force(cloudwatch: Any, name: str, value: str) -> None:
    cloudwatch.set_alarm_state(AlarmName=name, StateValue=value, StateReason="a test")


def test_a_new_alarm_has_no_data_and_a_changed_one_keeps_its_state(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(AlarmName="kept", **TICK)
    assert state(cloudwatch, "kept") == "INSUFFICIENT_DATA"
    force(cloudwatch, "kept", "ALARM")
    cloudwatch.put_metric_alarm(AlarmName="kept", **{**TICK, "Threshold": 95.0})
    assert state(cloudwatch, "kept") == "ALARM"


def test_a_composite_alarm_follows_its_alarms_through_another_one(cloudwatch: Any) -> None:
    for name in ("long", "short"):
        cloudwatch.put_metric_alarm(AlarmName=name, **TICK)
    cloudwatch.put_composite_alarm(
        AlarmName="both", AlarmRule='ALARM("long") AND ALARM("short")', AlarmActions=["arn:aws:a"]
    )
    cloudwatch.put_composite_alarm(AlarmName="above", AlarmRule='ALARM("both")')
    assert state(cloudwatch, "both") == "OK"
    force(cloudwatch, "long", "ALARM")
    assert state(cloudwatch, "both") == "OK"
    force(cloudwatch, "short", "ALARM")
    assert (state(cloudwatch, "both"), state(cloudwatch, "above")) == ("ALARM", "ALARM")
    force(cloudwatch, "long", "OK")
    assert (state(cloudwatch, "both"), state(cloudwatch, "above")) == ("OK", "OK")


def test_composite_alarms_are_told_only_when_they_are_asked_for(cloudwatch: Any) -> None:
    cloudwatch.put_composite_alarm(AlarmName="quiet", AlarmRule="FALSE", AlarmDescription="why")
    found = cloudwatch.describe_alarms(AlarmNames=["quiet"])
    assert found["MetricAlarms"] + found["CompositeAlarms"] == []
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=["quiet"], AlarmTypes=["CompositeAlarm"])[
        "CompositeAlarms"
    ]
    assert (alarm["AlarmRule"], alarm["AlarmDescription"]) == ("FALSE", "why")


def test_an_alarm_that_ends_takes_its_tags_with_it(cloudwatch: Any) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName="again", **TICK, Tags=[{"Key": "severity", "Value": "page"}]
    )
    arn = cloudwatch.describe_alarms(AlarmNames=["again"])["MetricAlarms"][0]["AlarmArn"]
    cloudwatch.delete_alarms(AlarmNames=["again"])
    cloudwatch.put_metric_alarm(AlarmName="again", **TICK)
    assert cloudwatch.list_tags_for_resource(ResourceARN=arn)["Tags"] == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"Period": 7}, "multiple of 60, got 7"),
        ({"DatapointsToAlarm": 6}, "got 6 of 5"),
    ],
)
def test_what_could_never_be_looked_at_is_refused(
    cloudwatch: Any, wrong: dict[str, Any], words: str
) -> None:
    with pytest.raises(ClientError, match=words):
        cloudwatch.put_metric_alarm(AlarmName="wrong", **{**TICK, **wrong})


@pytest.mark.parametrize(
    ("rule", "words"), [("ALARM(nobody)", "no alarms"), ("ALARM(", "is no rule")]
)
def test_a_rule_without_its_alarms_is_refused(cloudwatch: Any, rule: str, words: str) -> None:
    with pytest.raises(ClientError, match=words):
        cloudwatch.put_composite_alarm(AlarmName="refused", AlarmRule=rule)
