"""Heartbeats on the event bus, on their way out of AWS."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.observability.heartbeat_schedules import DETAIL_TYPE, MAX_AGE_SECONDS, RETRIES


@dataclass(frozen=True, kw_only=True)
class HeartbeatCheckInArgs:
    """Inputs of HeartbeatCheckIn."""

    rule_name: str
    event_source: str
    check_in_arn: pulumi.Input[str]
    """The destination of the check-in, by `role_arn`."""
    role_arn: pulumi.Input[str]
    dead_letter_arn: pulumi.Input[str]
    tags: Mapping[str, str] = field(default_factory=dict)


class HeartbeatCheckIn(pulumi.ComponentResource):
    """Reports each heartbeat by the way that pages take; when it falls silent, whoever listens outside says so."""

    def __init__(
        self, name: str, args: HeartbeatCheckInArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:HeartbeatCheckIn", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        rule = aws.cloudwatch.EventRule(
            f"{name}-rule",
            name=args.rule_name,
            description="Heartbeats of the way that pages take to Honeybadger",
            event_pattern=json.dumps(
                {"detail-type": [DETAIL_TYPE], "source": [args.event_source]}, sort_keys=True
            ),
            state="ENABLED",
            tags={**args.tags, "severity": "ticket"},
            opts=child,
        )
        aws.cloudwatch.EventTarget(
            f"{name}-target",
            rule=rule.name,
            target_id="check-in",
            arn=args.check_in_arn,
            role_arn=args.role_arn,
            retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
                maximum_retry_attempts=RETRIES, maximum_event_age_in_seconds=MAX_AGE_SECONDS
            ),
            dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(
                arn=args.dead_letter_arn
            ),
            opts=child,
        )

        self.register_outputs({})
