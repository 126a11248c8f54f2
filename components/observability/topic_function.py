"""A function that a topic calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

RETRIES: Final = 2  # the most that Lambda does, after one minute and two more
MAX_AGE_SECONDS: Final = 3600


@dataclass(frozen=True, kw_only=True)
class TopicFunctionArgs:
    """Inputs of TopicFunction."""

    topic_arn: pulumi.Input[str]
    function_name: pulumi.Input[str]
    function_arn: pulumi.Input[str]
    dead_letter_arn: pulumi.Input[str]


class TopicFunction(pulumi.ComponentResource):
    """Calls a function with each message of a topic, and twice again when it fails; then the message is a dead letter."""

    def __init__(
        self, name: str, args: TopicFunctionArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:TopicFunction", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        again = aws.lambda_.FunctionEventInvokeConfig(
            f"{name}-retries",
            function_name=args.function_name,
            maximum_retry_attempts=RETRIES,
            maximum_event_age_in_seconds=MAX_AGE_SECONDS,
            destination_config=aws.lambda_.FunctionEventInvokeConfigDestinationConfigArgs(
                on_failure=aws.lambda_.FunctionEventInvokeConfigDestinationConfigOnFailureArgs(
                    destination=args.dead_letter_arn
                )
            ),
            opts=child,
        )
        allowed = aws.lambda_.Permission(
            f"{name}-permission",
            function=args.function_name,
            action="lambda:InvokeFunction",
            principal="sns.amazonaws.com",
            source_arn=args.topic_arn,
            opts=child,
        )
        aws.sns.TopicSubscription(
            f"{name}-subscription",
            topic=args.topic_arn,
            protocol="lambda",
            endpoint=args.function_arn,
            # For what SNS cannot even hand over to Lambda.
            redrive_policy=pulumi.Output.json_dumps({"deadLetterTargetArn": args.dead_letter_arn}),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[allowed, again]),
        )

        self.register_outputs({})
