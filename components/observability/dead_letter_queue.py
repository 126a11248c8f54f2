"""Where alerts end up that nobody outside took in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

from components.observability.delivery_policies import queue_policy

RETENTION_SECONDS: Final = 14 * 24 * 3600  # the longest that SQS offers


@dataclass(frozen=True, kw_only=True)
class DeadLetterQueueArgs:
    """Inputs of DeadLetterQueue."""

    queue_name: str
    """Known beforehand: the policy of the key names the queue."""
    key_arn: pulumi.Input[str]
    """Its policy must have `queues_key_statement` for this queue when services send by themselves."""
    senders: Mapping[str, Sequence[pulumi.Input[str]]]
    """By the name of a service: the ARNs of what it sends for. Whoever sends by a role needs nothing here."""
    tags: Mapping[str, str] = field(default_factory=dict)


class DeadLetterQueue(pulumi.ComponentResource):
    """An encrypted queue that keeps what it gets for 14 days, and takes it by TLS only."""

    arn: pulumi.Output[str]
    """It arrives when the services may send."""
    queue_name: pulumi.Output[str]

    def __init__(
        self, name: str, args: DeadLetterQueueArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:DeadLetterQueue", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)

        queue = aws.sqs.Queue(
            f"{name}-queue",
            name=args.queue_name,
            kms_master_key_id=args.key_arn,
            message_retention_seconds=RETENTION_SECONDS,
            tags=args.tags,
            opts=child,
        )
        policy = aws.sqs.QueuePolicy(
            f"{name}-policy",
            queue_url=queue.url,
            policy=pulumi.Output.json_dumps(queue_policy(queue.arn, args.senders)),
            opts=child,
        )

        self.arn = pulumi.Output.all(arn=queue.arn, policy=policy.id).apply(_arn)
        self.queue_name = queue.name
        self.register_outputs({"arn": self.arn, "queue_name": self.queue_name})


def _arn(known: Mapping[str, str]) -> str:
    return known["arn"]
