"""Where alerts are published."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import pulumi
import pulumi_aws as aws

from components.observability.alert_topic_policies import topic_policy


@dataclass(frozen=True, kw_only=True)
class AlertTopicArgs:
    """Inputs of AlertTopic."""

    topic_name: str
    """Known beforehand: the policy of the key names the topic."""
    account_id: str
    region: str
    key_arn: pulumi.Input[str]
    """Its policy must have `topic_key_statement` for this topic."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.topic_name):
            raise ValueError(
                "topic_name is 1 to 256 letters, digits, hyphens and underscores,"
                f" got {self.topic_name!r}"
            )


class AlertTopic(pulumi.ComponentResource):
    """An encrypted topic to which AWS's services publish what happens in this account. It delivers to nobody by itself."""

    arn: pulumi.Output[str]
    """It arrives when the services may publish: RDS tries it when it is told of it."""

    def __init__(
        self, name: str, args: AlertTopicArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:AlertTopic", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        topic = aws.sns.Topic(
            f"{name}-topic",
            name=args.topic_name,
            kms_master_key_id=args.key_arn,
            tags=args.tags,
            opts=child,
        )
        policy = aws.sns.TopicPolicy(
            f"{name}-policy",
            arn=topic.arn,
            policy=json.dumps(
                topic_policy(
                    region=args.region, account_id=args.account_id, topic_name=args.topic_name
                )
            ),
            opts=child,
        )

        self.arn = policy.arn
        self.register_outputs({"arn": self.arn})
