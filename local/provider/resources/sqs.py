"""Queues, and who may send to them."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.values import Props

# By the input: the attribute, and what SQS sets when nobody says anything.
ATTRIBUTES: Final = {
    "kmsMasterKeyId": ("KmsMasterKeyId", ""),
    "messageRetentionSeconds": ("MessageRetentionPeriod", "345600"),
    "visibilityTimeoutSeconds": ("VisibilityTimeout", "30"),
}


class Queue(Handler):
    """aws.sqs.Queue; its id is its URL."""

    type = "aws:sqs/queue:Queue"
    inputs = words("name tags") | {*ATTRIBUTES}
    replace = words("name")
    computed = ("arn", "url")
    autoname = Autoname(longest=80)
    tagging = "sqs"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("sqs").create_queue(
            QueueName=new["name"], Attributes=_attributes(new), tags=new["tagsAll"]
        )
        return str(answer["QueueUrl"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("sqs").get_queue_attributes(QueueUrl=identity, AttributeNames=["All"])
        found = answer["Attributes"]
        return {
            "arn": found["QueueArn"],
            "name": identity.rsplit("/", 1)[-1],
            "url": identity,
            "kmsMasterKeyId": found.get("KmsMasterKeyId") or None,
            "messageRetentionSeconds": int(found["MessageRetentionPeriod"]),
            "visibilityTimeoutSeconds": int(found["VisibilityTimeout"]),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("sqs").set_queue_attributes(QueueUrl=identity, Attributes=_attributes(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("sqs").delete_queue(QueueUrl=identity)


class QueuePolicy(Handler):
    """aws.sqs.QueuePolicy."""

    type = "aws:sqs/queuePolicy:QueuePolicy"
    inputs = words("policy queueUrl")
    replace = words("queueUrl")

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["queueUrl"], {}, new)
        return str(new["queueUrl"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("sqs").get_queue_attributes(QueueUrl=identity, AttributeNames=["Policy"])
        policy = answer.get("Attributes", {}).get("Policy")
        return {"policy": policy, "queueUrl": identity} if policy else None

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._set(aws, identity, new["policy"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        self._set(aws, identity, "")

    @staticmethod
    def _set(aws: Aws, identity: str, policy: str) -> None:
        aws("sqs").set_queue_attributes(QueueUrl=identity, Attributes={"Policy": policy})


def _attributes(new: Props) -> dict[str, str]:
    return {
        attribute: str(new.get(name, default) or default)
        for name, (attribute, default) in ATTRIBUTES.items()
    }


HANDLERS: Final = (Queue(), QueuePolicy())
