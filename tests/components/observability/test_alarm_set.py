from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from components.observability.alarm import Composite
from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.control_notices import CONTROL_NOTICES
from components.observability.event_notices import EventNotices, EventNoticesArgs
from components.observability.money_flow_alarm import MoneyFlowAlarm, MoneyFlowAlarmArgs
from components.observability.money_flows import FLOWS
from components.observability.monthly_budget import MonthlyBudget, MonthlyBudgetArgs
from components.observability.notices import Notice, message
from components.observability.objectives import Definitions
from components.observability.secret_notices import unexpected_reader_notice
from components.observability.service_notices import deployment_notices, task_failure_notice
from components.observability.tables.databases import database_table
from tests.components.observability.replay.evaluation import COMPOSITE, METRIC
from tests.components.observability.replay.scenario import alarms
from tests.components.observability.test_alarm import alarm
from tests.engine.lint import unknown_properties
from tests.engine.recording import Recording, record

TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts"
SHARED: dict[str, Any] = {
    "topic_arn": TOPIC,
    "owner": "platform",
    "runbooks_url": "https://example.com/runbooks",
}
TEXT = (
    "The server is busy.\nSeverity: ticket\nOwner: platform\n"
    "Runbook: https://example.com/runbooks/database-saturated.md"
)


def set_args(definitions: Definitions, **changes: Any) -> AlarmSetArgs:
    values = {"prefix": "turnstay-test-it", "dimensions": {}, "tags": {"service": "it"}, **SHARED}
    return AlarmSetArgs(definitions=definitions, **(values | changes))


def _built(make: Callable[[], object]) -> Recording:
    def program() -> None:
        make()

    return record(program)


def _record(definitions: Definitions) -> Recording:
    return _built(lambda: AlarmSet("it", set_args(definitions)))


def test_an_alarm_on_one_metric_is_registered_as_it_is_defined() -> None:
    recorded = _record(Definitions(alarms=(alarm(),))).one(METRIC, "it-load")

    assert recorded.inputs == {
        "name": "turnstay-test-it-load",
        "namespace": "AWS/RDS",
        "metricName": "DBLoad",
        "dimensions": {},
        "statistic": "Average",
        "period": 60,
        "comparisonOperator": "GreaterThanThreshold",
        "threshold": 2,
        "evaluationPeriods": 1,
        "datapointsToAlarm": 1,
        "treatMissingData": "missing",
        "actionsEnabled": True,
        "alarmActions": [TOPIC],
        "okActions": [TOPIC],
        "alarmDescription": TEXT,
        "tags": {"service": "it", "severity": "ticket"},
    }
    assert unknown_properties(recorded) == []


def test_a_burn_alarm_is_math_over_metrics_of_its_period_and_tells_nobody() -> None:
    recorded = alarms("public", 99.95).one(METRIC, "it-availability-steady-short")

    targets = {"LoadBalancer": "app/lb/1", "TargetGroup": "targetgroup/tg/1"}
    metric = {"namespace": "AWS/ApplicationELB", "dimensions": targets, "stat": "Sum"}
    assert recorded.inputs["metricQueries"] == [
        {
            "id": "bad",
            "returnData": False,
            "metric": {**metric, "metricName": "HTTPCode_Target_5XX_Count", "period": 1800},
        },
        {
            "id": "total",
            "returnData": False,
            "metric": {**metric, "metricName": "RequestCount", "period": 1800},
        },
        {
            "id": "value",
            "expression": "IF(FILL(bad, 0) >= 5, FILL(bad, 0) / (FILL(total, 1)), 0)",
            "label": "availability-steady-short",
            "returnData": True,
        },
    ]
    assert (recorded.inputs["alarmActions"], recorded.inputs["okActions"]) == ([], [])
    assert recorded.inputs["threshold"] == 0.003
    assert unknown_properties(recorded) == []


def test_a_composite_names_its_alarms_in_full_and_comes_after_them() -> None:
    recorded = alarms("public", 99.95).one(COMPOSITE, "it-availability-ticket")

    prefix = "turnstay-test-it-availability"
    assert recorded.inputs["alarmRule"] == (
        f'ALARM("{prefix}-slow-long") AND ALARM("{prefix}-slow-short")'
        f' AND NOT ALARM("{prefix}-page")'
    )
    assert recorded.inputs["alarmActions"] == recorded.inputs["okActions"] == [SHARED["topic_arn"]]
    waited = {urn.split("::")[-1] for urn in recorded.dependencies}
    assert waited == {f"it-availability-{each}" for each in ("slow-long", "slow-short", "page")}
    assert unknown_properties(recorded) == []


@pytest.mark.parametrize(
    ("definitions", "problem"),
    [
        (Definitions(alarms=(alarm(), alarm())), "a name is used twice"),
        (
            Definitions(
                alarms=(alarm(),),
                composites=(
                    Composite(
                        name="x", severity="page", runbook="r", summary="s", rule="ALARM(other)"
                    ),
                ),
            ),
            r"x names \['other'\]",
        ),
    ],
)
def test_definitions_that_do_not_fit_are_refused(definitions: Definitions, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        set_args(definitions)


def test_a_dimension_without_a_value_is_refused() -> None:
    definitions = Definitions(alarms=alarm_of_a_server())
    with pytest.raises(ValueError, match=r"no value for the dimensions \['DBInstanceIdentifier'\]"):
        set_args(definitions)


def alarm_of_a_server() -> Any:
    return database_table(memory_gib=8, vcpus=2, storage_gib=100, max_connections=700)


def test_a_money_flow_is_counted_in_the_log_and_its_alarm_reads_that_count() -> None:
    args = MoneyFlowAlarmArgs(
        stack="test",
        prefix="turnstay-test-recon",
        flow=FLOWS["reconciliation"],
        within_hours=30,
        log_group_name="/turnstay/test/recon",
        **SHARED,
    )
    recording = _built(lambda: MoneyFlowAlarm("recon-flow", args))

    counted = recording.one("aws:cloudwatch/logMetricFilter:LogMetricFilter", "recon-flow-events")
    assert counted.inputs == {
        "logGroupName": "/turnstay/test/recon",
        "pattern": '{ $.event = "reconciliation.finished" }',
        "metricTransformation": {
            "namespace": "TurnStay/test",
            "name": "reconciliation.finished",
            "value": "1",
            "unit": "Count",
        },
    }
    absent = recording.one(METRIC, "recon-flow-alarms-reconciliation-absent")
    assert (absent.inputs["namespace"], absent.inputs["metricName"]) == (
        "TurnStay/test",
        "reconciliation.finished",
    )
    assert unknown_properties(counted) == unknown_properties(absent) == []


def test_an_event_is_told_with_what_an_alarm_would_say() -> None:
    notice = task_failure_notice("arn:aws:ecs:eu-west-1:1:cluster/turnstay-test")
    args = EventNoticesArgs(prefix="turnstay-test", notices=[notice], **SHARED)
    recording = _built(lambda: EventNotices("it", args))

    target = recording.one("aws:cloudwatch/eventTarget:EventTarget", "it-task-failed-topic")
    assert target.inputs == {
        "rule": "turnstay-test-task-failed",
        "targetId": "topic",
        "arn": TOPIC,
        "inputTransformer": {
            "inputTemplate": (
                '{"notice": "task-failed", "owner": "platform",'
                ' "runbook": "https://example.com/runbooks/task-failed.md",'
                ' "severity": "ticket", "summary": "A task of a service ended with an error.",'
                ' "event": <aws.events.event.json>}'
            )
        },
    }
    rule = recording.one("aws:cloudwatch/eventRule:EventRule", "it-task-failed")
    assert rule.json("eventPattern") == notice.pattern
    assert unknown_properties(target) == unknown_properties(rule) == []


def test_a_rule_with_a_name_that_eventbridge_would_refuse_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 64 characters"):
        EventNoticesArgs(prefix="x" * 60, notices=CONTROL_NOTICES, **SHARED)


def test_a_stopped_control_pages_and_a_refused_attempt_does_not() -> None:
    assert {each.severity for each in CONTROL_NOTICES} == {"page"}
    assert all(
        each.pattern["detail"]["errorCode"] == [{"exists": False}] for each in CONTROL_NOTICES
    )


def test_a_reader_is_expected_by_the_name_of_its_role() -> None:
    notice = unexpected_reader_notice("111122223333", ["b-*", "a"])

    roles = ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/b-*"]
    assert notice.pattern["detail"]["$or"] == [
        {"userIdentity": {"type": ["Root", "IAMUser"]}},
        {
            "userIdentity": {
                "sessionContext": {
                    "sessionIssuer": {"arn": [{"anything-but": {"wildcard": roles}}]}
                }
            }
        },
    ]


def test_messages_of_all_notices_are_json_around_the_event() -> None:
    notices: list[Notice] = [*CONTROL_NOTICES, *deployment_notices("arn:x:service/turnstay/*")]
    for each in notices:
        text = message(each, owner="o", runbooks_url="u")
        assert text.count("<aws.events.event.json>") == 1
        assert text.endswith('"event": <aws.events.event.json>}')


def test_the_budget_speaks_before_it_is_spent() -> None:
    args = MonthlyBudgetArgs(budget_name="turnstay-test", limit_usd=900, topic_arn=TOPIC)
    recorded = _built(lambda: MonthlyBudget("it", args)).one(
        "aws:budgets/budget:Budget", "it-budget"
    )

    told = [
        (each["notificationType"], each["threshold"], each["subscriberSnsTopicArns"])
        for each in recorded.inputs["notifications"]
    ]
    assert told == [
        ("FORECASTED", 100, [TOPIC]),
        ("ACTUAL", 80, [TOPIC]),
        ("ACTUAL", 100, [TOPIC]),
    ]
    assert (recorded.inputs["limitAmount"], recorded.inputs["timeUnit"]) == ("900", "MONTHLY")
    assert unknown_properties(recorded) == []


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="limit_usd is 1 or more, got 0"):
        MonthlyBudgetArgs(budget_name="turnstay-test", limit_usd=0, topic_arn=TOPIC)
