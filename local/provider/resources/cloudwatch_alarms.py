"""Alarms of CloudWatch, on metrics and on other alarms. An alarm is put by its name: there is no other way to change one."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources import cloudwatch_queries as queries
from local.provider.tags import pairs
from local.provider.values import Props, Value, capital

# Inputs that the API calls by the same name.
TOLD: Final = words("actionsEnabled alarmActions alarmDescription insufficientDataActions")
METRIC: Final = words(
    "comparisonOperator datapointsToAlarm evaluationPeriods extendedStatistic metricName namespace"
    " period statistic threshold treatMissingData unit"
)


class MetricAlarm(Handler):
    """aws.cloudwatch.MetricAlarm on one metric or on an expression."""

    type = "aws:cloudwatch/metricAlarm:MetricAlarm"
    inputs = TOLD | METRIC | words("dimensions metricQueries name okActions tags")
    replace = words("name")
    computed = ("arn",)
    autoname = Autoname()
    tagging = "cloudwatch"

    def create(self, aws: Aws, new: Props) -> str:
        self._put(aws, new, {"Tags": pairs(new["tagsAll"])})
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("cloudwatch").describe_alarms(AlarmNames=[identity])
        for alarm in answer["MetricAlarms"]:
            return {
                **_told(alarm),
                **{name: alarm.get(capital(name)) for name in METRIC},
                "threshold": queries.number(alarm.get("Threshold")),
                "treatMissingData": alarm.get("TreatMissingData", "missing"),
                "dimensions": queries.by_name(alarm.get("Dimensions", [])),
                "metricQueries": [queries.from_aws(each) for each in alarm.get("Metrics", [])],
                "name": alarm["AlarmName"],
            }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._put(aws, new, {})

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("cloudwatch").delete_alarms(AlarmNames=[identity])

    @staticmethod
    def _put(aws: Aws, new: Props, tags: Props) -> None:
        read = [queries.to_aws(each) for each in new.get("metricQueries") or []]
        aws("cloudwatch").put_metric_alarm(
            AlarmName=new["name"],
            **_given(new, METRIC),
            **_actions(new),
            **({"Dimensions": queries.listed(new["dimensions"])} if new.get("dimensions") else {}),
            **({"Metrics": read} if read else {}),
            **tags,
        )


class CompositeAlarm(Handler):
    """aws.cloudwatch.CompositeAlarm over alarms that exist."""

    type = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
    inputs = TOLD | words("alarmName alarmRule okActions tags")
    replace = words("actionsEnabled alarmName")
    computed = ("arn",)
    tagging = "cloudwatch"

    def create(self, aws: Aws, new: Props) -> str:
        self._put(aws, new, {"Tags": pairs(new["tagsAll"])})
        return str(new["alarmName"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("cloudwatch").describe_alarms(
            AlarmNames=[identity], AlarmTypes=["CompositeAlarm"]
        )
        for alarm in answer["CompositeAlarms"]:
            return {
                **_told(alarm),
                "alarmName": alarm["AlarmName"],
                "alarmRule": alarm["AlarmRule"],
            }
        return None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._put(aws, new, {})

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("cloudwatch").delete_alarms(AlarmNames=[identity])

    @staticmethod
    def _put(aws: Aws, new: Props, tags: Props) -> None:
        aws("cloudwatch").put_composite_alarm(
            AlarmName=new["alarmName"], AlarmRule=new["alarmRule"], **_actions(new), **tags
        )


def _given(new: Props, names: frozenset[str]) -> dict[str, Value]:
    return {capital(name): new[name] for name in names if new.get(name) is not None}


def _actions(new: Props) -> dict[str, Value]:
    """What is left out of a put is the default again, not what it was."""
    return {**_given(new, TOLD), "OKActions": new.get("okActions") or []}


def _told(alarm: Props) -> Props:
    return {
        **{name: alarm.get(capital(name)) for name in TOLD},
        "arn": alarm["AlarmArn"],
        "okActions": alarm.get("OKActions"),
    }


HANDLERS: Final = (MetricAlarm(), CompositeAlarm())
