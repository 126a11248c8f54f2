"""Who is told what a topic is told."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.values import Props, capital

ATTRIBUTES: Final = ("filterPolicy", "redrivePolicy")


class TopicSubscription(Handler):
    """aws.sns.TopicSubscription."""

    type = "aws:sns/topicSubscription:TopicSubscription"
    inputs = words("endpoint protocol topic") | {*ATTRIBUTES}
    replace = words("endpoint protocol topic")
    computed = ("arn", "ownerId")

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("sns").subscribe(
            TopicArn=new["topic"],
            Protocol=new["protocol"],
            Endpoint=new["endpoint"],
            Attributes={capital(name): new[name] for name in ATTRIBUTES if new.get(name)},
            ReturnSubscriptionArn=True,
        )
        return str(answer["SubscriptionArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("sns").get_subscription_attributes(SubscriptionArn=identity)
        found = answer["Attributes"]
        return {
            "arn": identity,
            "endpoint": found["Endpoint"],
            "ownerId": found["Owner"],
            "protocol": found["Protocol"],
            "topic": found["TopicArn"],
            **{name: found.get(capital(name)) or None for name in ATTRIBUTES},
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        for name in ATTRIBUTES:
            if (new.get(name) or "") != (old.get(name) or ""):
                aws("sns").set_subscription_attributes(
                    SubscriptionArn=identity,
                    AttributeName=capital(name),
                    AttributeValue=new.get(name) or "{}",
                )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("sns").unsubscribe(SubscriptionArn=identity)


HANDLERS: Final = (TopicSubscription(),)
