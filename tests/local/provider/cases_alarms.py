"""The types of alarms: what watches, what is counted, who is told."""

from __future__ import annotations

from typing import Any

from tests.local.provider.case import Case, fresh


def _query(threshold_of: str) -> list[dict[str, Any]]:
    dimensions = {"LoadBalancer": "app/public/1", "TargetGroup": threshold_of}
    return [
        {
            "id": "bad",
            "returnData": False,
            "metric": {
                "namespace": "AWS/ApplicationELB",
                "metricName": "HTTPCode_Target_5XX_Count",
                "dimensions": dimensions,
                "stat": "Sum",
                "period": 300,
            },
        },
        {
            "id": "value",
            "expression": "FILL(bad, 0)",
            "label": "errors",
            "returnData": True,
        },
    ]


def _weaker(aws: Any, alarm: Any) -> None:
    given = aws("cloudwatch").describe_alarms(AlarmNames=[alarm.id])["MetricAlarms"][0]
    kept = "AlarmName AlarmDescription ComparisonOperator Dimensions MetricName EvaluationPeriods"
    kept += " Namespace Period Statistic AlarmActions"
    aws("cloudwatch").put_metric_alarm(**{name: given[name] for name in kept.split()}, Threshold=99)


ALARMS: dict[str, Case] = {
    "metric alarm": Case(
        type="aws:cloudwatch/metricAlarm:MetricAlarm",
        inputs=lambda _: {
            "alarmDescription": "The server is busy.",
            "namespace": "AWS/RDS",
            "metricName": "CPUUtilization",
            "dimensions": {"DBInstanceIdentifier": "general"},
            "statistic": "Average",
            "period": 60,
            "evaluationPeriods": 5,
            "comparisonOperator": "GreaterThanThreshold",
            "threshold": 90,
            "alarmActions": ["arn:aws:sns:eu-west-1:111122223333:alerts"],
            "tags": {"severity": "ticket"},
        },
        updates=(
            {"threshold": 0.0072},
            {"period": 300},
            {"alarmActions": None},
            {"okActions": ["arn:aws:sns:eu-west-1:111122223333:alerts"]},
            {"dimensions": {"DBInstanceIdentifier": "card"}},
            {"statistic": None, "extendedStatistic": "p90"},
            {"treatMissingData": "notBreaching"},
            {"tags": {"severity": "page"}},
        ),
        replaces=({"name": "chosen"},),
        drift=_weaker,
        drifted="threshold",
    ),
    "metric alarm of an expression": Case(
        type="aws:cloudwatch/metricAlarm:MetricAlarm",
        inputs=lambda _: {
            "name": fresh("errors-#"),
            "metricQueries": _query("targetgroup/api/1"),
            "evaluationPeriods": 1,
            "datapointsToAlarm": 1,
            "comparisonOperator": "GreaterThanThreshold",
            "threshold": 0.5,
            "treatMissingData": "notBreaching",
            "actionsEnabled": True,
        },
        updates=({"metricQueries": _query("targetgroup/api/2")}, {"actionsEnabled": False}),
        drift=lambda aws, alarm: aws("cloudwatch").delete_alarms(AlarmNames=[alarm.id]),
    ),
    "composite alarm": Case(
        type="aws:cloudwatch/compositeAlarm:CompositeAlarm",
        inputs=lambda need: {
            "alarmName": fresh("page-#"),
            "alarmRule": f'ALARM("{need("metric alarm").id}")',
            "alarmDescription": "Customers notice.",
            "alarmActions": ["arn:aws:sns:eu-west-1:111122223333:alerts"],
            "tags": {"severity": "page"},
        },
        updates=({"alarmRule": "FALSE"}, {"alarmActions": []}, {"alarmDescription": "Nobody."}),
        replaces=({"alarmName": "chosen"}, {"actionsEnabled": False}),
        drift=lambda aws, alarm: aws("cloudwatch").put_composite_alarm(
            AlarmName=alarm.id,
            AlarmRule="FALSE",
            AlarmActions=alarm.outputs["alarmActions"],
            AlarmDescription=alarm.outputs["alarmDescription"],
        ),
        drifted="alarmRule",
    ),
    "metric filter": Case(
        type="aws:cloudwatch/logMetricFilter:LogMetricFilter",
        inputs=lambda need: {
            "logGroupName": need("log group of counted").id,
            "pattern": '{ $.event = "payout.processed" }',
            "metricTransformation": {
                "namespace": "TurnStay/staging",
                "name": "payout.processed",
                "value": "1",
                "unit": "Count",
            },
        },
        updates=(
            {"pattern": '{ $.event = "webhook.delivered" }'},
            {"metricTransformation": {"namespace": "N", "name": "other", "value": "2"}},
        ),
        replaces=({"name": "chosen"}, {"logGroupName": "/turnstay/other"}),
        drift=lambda aws, filter_: aws("logs").delete_metric_filter(
            logGroupName=filter_.outputs["logGroupName"], filterName=filter_.id
        ),
    ),
}
