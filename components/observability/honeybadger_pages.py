"""The way of pages to Honeybadger: past the topic, straight from EventBridge."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.observability.honeybadger_notice import (
    ALARM_PATHS,
    alarm_pattern,
    alarm_template,
    notice_template,
)
from components.observability.notices import Notice

# A page that comes later than an hour helps nobody: it goes to the dead-letter queue, which has an alarm.
RETRIES: Final = 20
MAX_AGE_SECONDS: Final = 3600


@dataclass(frozen=True, kw_only=True)
class HoneybadgerPagesArgs:
    """Inputs of HoneybadgerPages."""

    prefix: str
    """In front of each rule's name."""
    environment: str
    alarms: Mapping[str, Sequence[str]]
    """By runbook: the whole names of the alarms that page."""
    notices: Sequence[Notice] = ()
    """Those that page, in the order of `notice_rules`."""
    notice_rules: pulumi.Input[Sequence[str]] = ()
    """Names of the rules that match them: see EventNotices."""
    notices_arn: pulumi.Input[str]
    """The destination for notices, by `role_arn`."""
    role_arn: pulumi.Input[str]
    dead_letter_arn: pulumi.Input[str]
    owner: str
    runbooks_url: str
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if tickets := [each.name for each in self.notices if each.severity != "page"]:
            raise ValueError(f"only what pages goes to Honeybadger, got {tickets}")

    def url(self, runbook: str) -> str:
        """Where a runbook is read."""
        return f"{self.runbooks_url}/{runbook}.md"


class HoneybadgerPages(pulumi.ComponentResource):
    """Each page becomes a notice of Honeybadger, all of one alarm the same error. What is not taken is kept."""

    def __init__(
        self, name: str, args: HoneybadgerPagesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:HoneybadgerPages", name, {}, opts)

        for runbook, alarm_names in args.alarms.items():
            rule = aws.cloudwatch.EventRule(
                f"{name}-{runbook}",
                name=f"{args.prefix}-page-{runbook}",
                description=f"Alarms that page, of the runbook {runbook}",
                event_pattern=alarm_pattern(alarm_names),
                state="ENABLED",
                tags={**args.tags, "severity": "page"},
                opts=pulumi.ResourceOptions(parent=self),
            )
            template = alarm_template(
                owner=args.owner, runbook_url=args.url(runbook), environment=args.environment
            )
            self._target(f"{name}-{runbook}", args, rule.name, template, ALARM_PATHS)
        rules = pulumi.Output.from_input(args.notice_rules)
        for index, notice in enumerate(args.notices):
            template = notice_template(
                notice,
                owner=args.owner,
                runbook_url=args.url(notice.runbook),
                environment=args.environment,
            )
            self._target(f"{name}-{notice.name}", args, rules.apply(_at(index)), template)

        self.register_outputs({})

    def _target(
        self,
        name: str,
        args: HoneybadgerPagesArgs,
        rule_name: pulumi.Input[str],
        template: str,
        paths: Mapping[str, str] | None = None,
    ) -> None:
        aws.cloudwatch.EventTarget(
            f"{name}-target",
            rule=rule_name,
            target_id="honeybadger",
            arn=args.notices_arn,
            role_arn=args.role_arn,
            input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                input_paths=paths, input_template=template
            ),
            retry_policy=aws.cloudwatch.EventTargetRetryPolicyArgs(
                maximum_retry_attempts=RETRIES, maximum_event_age_in_seconds=MAX_AGE_SECONDS
            ),
            dead_letter_config=aws.cloudwatch.EventTargetDeadLetterConfigArgs(
                arn=args.dead_letter_arn
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )


def _at(index: int) -> Callable[[Sequence[str]], str]:
    def one(names: Sequence[str]) -> str:
        return names[index]

    return one
