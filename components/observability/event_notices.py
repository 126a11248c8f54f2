"""Events that are told as they happen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.observability.notices import Notice, message

LONGEST_RULE_NAME: Final = 64
ALL_CALLS: Final = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


@dataclass(frozen=True, kw_only=True)
class EventNoticesArgs:
    """Inputs of EventNotices."""

    prefix: str
    """In front of each rule's name."""
    notices: Sequence[Notice]
    topic_arn: pulumi.Input[str]
    """Of a topic that lets EventBridge publish: see AlertTopic."""
    owner: str
    runbooks_url: str
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for each in self.notices:
            if len(name := f"{self.prefix}-{each.name}") > LONGEST_RULE_NAME:
                raise ValueError(
                    f"a rule's name has at most {LONGEST_RULE_NAME} characters, got {name}"
                )


class EventNotices(pulumi.ComponentResource):
    """A rule and its target for each notice. An event is over when it is told: there is no second message."""

    page_rules: pulumi.Output[list[str]]
    """Names of the rules that page, for another way of delivery to add a target of its own."""

    def __init__(
        self, name: str, args: EventNoticesArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:EventNotices", name, {}, opts)

        rules = {each.name: self._rule(name, args, each) for each in args.notices}

        self.page_rules = pulumi.Output.all(
            *(rules[each.name].name for each in args.notices if each.severity == "page")
        )
        self.register_outputs({"page_rules": self.page_rules})

    def _rule(self, name: str, args: EventNoticesArgs, notice: Notice) -> aws.cloudwatch.EventRule:
        child = pulumi.ResourceOptions(parent=self)
        rule = aws.cloudwatch.EventRule(
            f"{name}-{notice.name}",
            name=f"{args.prefix}-{notice.name}",
            description=notice.summary,
            event_pattern=json.dumps(notice.pattern, sort_keys=True),
            state=ALL_CALLS if notice.of_reads else "ENABLED",
            tags={**args.tags, "severity": notice.severity},
            opts=child,
        )
        aws.cloudwatch.EventTarget(
            f"{name}-{notice.name}-topic",
            rule=rule.name,
            target_id="topic",
            arn=args.topic_arn,
            input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                input_template=message(notice, owner=args.owner, runbooks_url=args.runbooks_url)
            ),
            opts=child,
        )
        return rule
