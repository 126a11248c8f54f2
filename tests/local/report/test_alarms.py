"""The table counts the alarms of one stack by their severity, and names those that burn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from local.account.server import Account
from local.report.alarms import AlarmRow, alarm_rows
from tests.local.account.workbench import Workbench, account_id

REGION = "eu-west-1"
TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts"


@pytest.fixture
def bench() -> Iterator[Workbench]:
    with Account(account_id(), {}) as account:
        yield Workbench(account)


def put(cloudwatch: Any, name: str, severity: str, *actions: str) -> None:
    cloudwatch.put_metric_alarm(
        AlarmName=name,
        AlarmDescription=f"It is so.\nSeverity: {severity}\nOwner: platform",
        AlarmActions=list(actions),
        Namespace="AWS/RDS",
        MetricName="CPUUtilization",
        Statistic="Average",
        Period=60,
        EvaluationPeriods=5,
        ComparisonOperator="GreaterThanThreshold",
        Threshold=90,
    )


def test_alarms_are_counted_by_severity_and_those_that_burn_are_named(bench: Workbench) -> None:
    cloudwatch = bench.client("cloudwatch")
    assert alarm_rows("tiny", bench.account.endpoint, REGION) == []
    put(cloudwatch, "turnstay-tiny-api-long", "page")
    put(cloudwatch, "turnstay-tiny-cpu", "ticket", TOPIC)
    put(cloudwatch, "turnstay-other-cpu", "ticket", TOPIC)
    cloudwatch.put_composite_alarm(
        AlarmName="turnstay-tiny-api-page",
        AlarmDescription="Customers notice.\nSeverity: page\nOwner: api",
        AlarmRule='ALARM("turnstay-tiny-api-long")',
        AlarmActions=[TOPIC],
    )
    quiet = [
        AlarmRow(severity="page", alarms="1", parts="1", burning="-"),
        AlarmRow(severity="ticket", alarms="1", parts="0", burning="-"),
    ]
    assert alarm_rows("tiny", bench.account.endpoint, REGION) == quiet
    cloudwatch.set_alarm_state(
        AlarmName="turnstay-tiny-api-long", StateValue="ALARM", StateReason="a test"
    )
    page, _ = alarm_rows("tiny", bench.account.endpoint, REGION)
    assert page.burning == "turnstay-tiny-api-page"


def test_an_alarm_that_says_no_severity_is_not_lost(bench: Workbench) -> None:
    put(bench.client("cloudwatch"), "turnstay-tiny-cpu", "")
    *_, none = alarm_rows("tiny", bench.account.endpoint, REGION)
    assert none == AlarmRow(severity="none", alarms="0", parts="1", burning="-")
