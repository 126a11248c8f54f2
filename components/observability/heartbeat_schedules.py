"""What shows that alerts would arrive, when there are none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

import pulumi
import pulumi_aws as aws

from components.observability.delivery_policies import schedules_policy, trust

EVERY: Final = "rate(5 minutes)"
WEEKLY: Final = "cron(0 9 ? * MON *)"
SET_ALARM_STATE: Final = "arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState"
DETAIL_TYPE: Final = "Heartbeat"
# The next beat is five minutes away: one that is late is as good as lost.
RETRIES: Final = 2
MAX_AGE_SECONDS: Final = 240


@dataclass(frozen=True, kw_only=True)
class HeartbeatSchedulesArgs:
    """Inputs of HeartbeatSchedules."""

    group_name: str
    """Of the schedules, and in front of the name of each."""
    account_id: str
    region: str
    topic_arn: pulumi.Input[str]
    key_arn: pulumi.Input[str]
    """Of the topic and of the dead-letter queues."""
    event_source: str | None
    """`source` of a heartbeat on the account's event bus; None: that way is not there yet."""
    test_alarm_name: str
    """The alarm that is put into ALARM once a week."""
    dead_letter_arn: pulumi.Input[str]
    """Where a call ends that could not be made."""
    tags: Mapping[str, str] = field(default_factory=dict)


class HeartbeatSchedules(pulumi.ComponentResource):
    """A heartbeat every five minutes on each way of alerts, and a page on Monday at nine (UTC) that is only a test."""

    group_name: pulumi.Output[str]

    def __init__(
        self, name: str, args: HeartbeatSchedulesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:HeartbeatSchedules", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        group = aws.scheduler.ScheduleGroup(
            f"{name}-group", name=args.group_name, tags=args.tags, opts=child
        )
        role_arn = self._role(name, args)
        for kind, expression, target in _targets(args, role_arn):
            aws.scheduler.Schedule(
                f"{name}-{kind}",
                name=f"{args.group_name}-{kind}",
                group_name=group.name,
                schedule_expression=expression,
                schedule_expression_timezone="UTC",
                flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
                state="ENABLED",
                target=target,
                opts=child,
            )

        self.group_name = group.name
        self.register_outputs({"group_name": self.group_name})

    def _role(self, name: str, args: HeartbeatSchedulesArgs) -> pulumi.Output[str]:
        child = pulumi.ResourceOptions(parent=self)
        place = f"{args.region}:{args.account_id}"
        group_arn = f"arn:aws:scheduler:{place}:schedule-group/{args.group_name}"
        role = aws.iam.Role(
            f"{name}-role",
            assume_role_policy=pulumi.Output.json_dumps(
                trust("scheduler.amazonaws.com", args.account_id, group_arn)
            ),
            tags=args.tags,
            opts=child,
        )
        rights = aws.iam.RolePolicy(
            f"{name}-role-policy",
            role=role.name,
            policy=pulumi.Output.json_dumps(
                schedules_policy(
                    topic=args.topic_arn,
                    bus=_bus_arn(args) if args.event_source else None,
                    alarm=f"arn:aws:cloudwatch:{place}:alarm:{args.test_alarm_name}",
                    queue=args.dead_letter_arn,
                    key=args.key_arn,
                    region=args.region,
                )
            ),
            opts=child,
        )
        return pulumi.Output.all(arn=role.arn, rights=rights.id).apply(_arn)


def _targets(
    args: HeartbeatSchedulesArgs, role_arn: pulumi.Output[str]
) -> Iterator[tuple[str, str, aws.scheduler.ScheduleTargetArgs]]:
    """What each schedule is called, when it is due, and what it does then."""
    to = partial(_target, role_arn, args.dead_letter_arn)
    yield "topic", EVERY, to(args.topic_arn, {"heartbeat": "topic"})
    if args.event_source:
        source = aws.scheduler.ScheduleTargetEventbridgeParametersArgs(
            source=args.event_source, detail_type=DETAIL_TYPE
        )
        yield "events", EVERY, to(_bus_arn(args), {"heartbeat": "events"}, source)
    page = {
        "AlarmName": args.test_alarm_name,
        "StateValue": "ALARM",
        "StateReason": "The weekly test of the ways that alerts take.",
    }
    yield "test-page", WEEKLY, to(SET_ALARM_STATE, page)


def _target(
    role_arn: pulumi.Output[str],
    queue_arn: pulumi.Input[str],
    arn: pulumi.Input[str],
    said: Mapping[str, str],
    event: aws.scheduler.ScheduleTargetEventbridgeParametersArgs | None = None,
) -> aws.scheduler.ScheduleTargetArgs:
    return aws.scheduler.ScheduleTargetArgs(
        arn=arn,
        role_arn=role_arn,
        input=json.dumps(said),
        eventbridge_parameters=event,
        retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
            maximum_retry_attempts=RETRIES, maximum_event_age_in_seconds=MAX_AGE_SECONDS
        ),
        dead_letter_config=aws.scheduler.ScheduleTargetDeadLetterConfigArgs(arn=queue_arn),
    )


def _bus_arn(args: HeartbeatSchedulesArgs) -> str:
    return f"arn:aws:events:{args.region}:{args.account_id}:event-bus/default"


def _arn(known: Mapping[str, str]) -> str:
    return known["arn"]
