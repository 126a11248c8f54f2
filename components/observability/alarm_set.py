"""The alarms of one thing that is watched: a service, a server, a gateway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi
import pulumi_aws as aws

from components.observability.alarm import Alarm, Composite, Metric, alarms_of
from components.observability.description import description
from components.observability.objectives import Definitions


@dataclass(frozen=True, kw_only=True)
class AlarmSetArgs:
    """Inputs of AlarmSet."""

    prefix: str
    """In front of each alarm's name. A name that is taken is not refused by AWS: the older alarm is replaced."""
    definitions: Definitions
    dimensions: Mapping[str, pulumi.Input[str]]
    """The value of each dimension that the definitions name."""
    topic_arn: pulumi.Input[str]
    owner: str
    runbooks_url: str
    """Where docs/runbooks can be read, without a slash at the end."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = {
            each
            for alarm in self.definitions.alarms
            for metric in alarm.metrics
            for each in metric.dimensions
        }
        if missing := sorted(named - set(self.dimensions)):
            raise ValueError(f"alarms {self.prefix}: no value for the dimensions {missing}")
        names = [each.name for each in self.definitions.alarms]
        names += [each.name for each in self.definitions.composites]
        if len(set(names)) != len(names):
            raise ValueError(f"alarms {self.prefix}: a name is used twice, got {sorted(names)}")
        for composite in self.definitions.composites:
            if unknown := sorted(set(alarms_of(composite.rule)) - set(names)):
                raise ValueError(f"alarms {self.prefix}: {composite.name} names {unknown}")


class AlarmSet(pulumi.ComponentResource):
    """Alarms that tell a topic when they begin and when they end; children of a composite leave both to it."""

    def __init__(
        self, name: str, args: AlarmSetArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:AlarmSet", name, {}, opts)

        made: dict[str, pulumi.Resource] = {
            each.name: self._alarm(name, args, each) for each in args.definitions.alarms
        }
        for composite in args.definitions.composites:
            made[composite.name] = self._composite(name, args, composite, made)

        self.register_outputs({})

    def _alarm(self, name: str, args: AlarmSetArgs, alarm: Alarm) -> aws.cloudwatch.MetricAlarm:
        actions = [] if alarm.child else [args.topic_arn]
        return aws.cloudwatch.MetricAlarm(
            f"{name}-{alarm.name}",
            name=f"{args.prefix}-{alarm.name}",
            comparison_operator=alarm.comparison,
            threshold=alarm.threshold,
            evaluation_periods=alarm.periods,
            datapoints_to_alarm=alarm.datapoints,
            treat_missing_data=alarm.missing,
            actions_enabled=True,
            alarm_actions=actions,
            ok_actions=actions,
            **_told(args, alarm),
            **(_one(args, alarm) if alarm.expression is None else _math(args, alarm)),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _composite(
        self,
        name: str,
        args: AlarmSetArgs,
        composite: Composite,
        made: Mapping[str, pulumi.Resource],
    ) -> aws.cloudwatch.CompositeAlarm:
        rule, below = composite.rule, alarms_of(composite.rule)
        for each in below:
            rule = rule.replace(f"ALARM({each})", f'ALARM("{args.prefix}-{each}")')
        return aws.cloudwatch.CompositeAlarm(
            f"{name}-{composite.name}",
            alarm_name=f"{args.prefix}-{composite.name}",
            alarm_rule=rule,
            actions_enabled=True,
            alarm_actions=[args.topic_arn],
            ok_actions=[args.topic_arn],
            **_told(args, composite),
            opts=pulumi.ResourceOptions(
                parent=self,
                # A rule that names an alarm which does not exist is refused.
                depends_on=[made[each] for each in below],
            ),
        )


def _told(args: AlarmSetArgs, alarm: Alarm | Composite) -> dict[str, Any]:
    return {
        "alarm_description": description(
            summary=alarm.summary,
            severity=alarm.severity,
            owner=args.owner,
            runbooks_url=args.runbooks_url,
            runbook=alarm.runbook,
        ),
        "tags": {**args.tags, "severity": alarm.severity},
    }


def _values(args: AlarmSetArgs, metric: Metric) -> dict[str, pulumi.Input[str]]:
    return {name: args.dimensions[name] for name in metric.dimensions}


def _one(args: AlarmSetArgs, alarm: Alarm) -> dict[str, Any]:
    metric = alarm.metrics[0]
    percentile = metric.stat[0] in "pP"
    return {
        "namespace": metric.namespace,
        "metric_name": metric.name,
        "dimensions": _values(args, metric),
        "extended_statistic" if percentile else "statistic": metric.stat,
        "period": alarm.period_seconds,
    }


def _math(args: AlarmSetArgs, alarm: Alarm) -> dict[str, Any]:
    read = [
        aws.cloudwatch.MetricAlarmMetricQueryArgs(
            id=metric.id,
            return_data=False,
            metric=aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
                namespace=metric.namespace,
                metric_name=metric.name,
                dimensions=_values(args, metric),
                stat=metric.stat,
                period=alarm.period_seconds,
            ),
        )
        for metric in alarm.metrics
    ]
    value = aws.cloudwatch.MetricAlarmMetricQueryArgs(
        id="value", expression=alarm.expression, label=alarm.name, return_data=True
    )
    return {"metric_queries": [*read, value]}
