"""The alarm that a money flow has fallen silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.observability.alarm_set import AlarmSet, AlarmSetArgs
from components.observability.money_flows import MoneyFlow, filter_pattern, flow_alarm, namespace


@dataclass(frozen=True, kw_only=True)
class MoneyFlowAlarmArgs:
    """Inputs of MoneyFlowAlarm."""

    stack: str
    prefix: str
    flow: MoneyFlow
    within_hours: int
    """As long as the flow may rest on its quietest weekend, 1 to 168."""
    log_group_name: pulumi.Input[str]
    """As an output of the group: a filter on one that is not there yet is refused."""
    topic_arn: pulumi.Input[str]
    owner: str
    runbooks_url: str
    tags: Mapping[str, str] = field(default_factory=dict)


class MoneyFlowAlarm(pulumi.ComponentResource):
    """Counts a flow's events in a service's log, and pages when there are none for too long.

    It pages from its first minute when the service does not log the event: switch it on when it does.
    """

    def __init__(
        self, name: str, args: MoneyFlowAlarmArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:MoneyFlowAlarm", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        aws.cloudwatch.LogMetricFilter(
            f"{name}-events",
            log_group_name=args.log_group_name,
            pattern=filter_pattern(args.flow),
            metric_transformation=aws.cloudwatch.LogMetricFilterMetricTransformationArgs(
                namespace=namespace(args.stack), name=args.flow.event, value="1", unit="Count"
            ),
            opts=child,
        )
        AlarmSet(
            f"{name}-alarms",
            AlarmSetArgs(
                prefix=args.prefix,
                definitions=flow_alarm(args.flow, stack=args.stack, within_hours=args.within_hours),
                dimensions={},
                topic_arn=args.topic_arn,
                owner=args.owner,
                runbooks_url=args.runbooks_url,
                tags=args.tags,
            ),
            opts=child,
        )

        self.register_outputs({})
