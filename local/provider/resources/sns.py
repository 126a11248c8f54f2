"""Topics, and who may publish to them."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

import json
from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, capital, picked

# What a topic is set to, one call each.
ATTRIBUTES: Final = ("displayName", "kmsMasterKeyId")


class Topic(Handler):
    """aws.sns.Topic."""

    type = "aws:sns/topic:Topic"
    inputs = words("name tags") | {*ATTRIBUTES}
    replace = words("name")
    computed = ("arn", "owner")
    autoname = Autoname(longest=256)
    tagging = "sns"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("sns").create_topic(
            Name=new["name"],
            Attributes={capital(name): new[name] for name in ATTRIBUTES if new.get(name)},
            Tags=pairs(new["tagsAll"]),
        )
        return str(answer["TopicArn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("sns").get_topic_attributes(TopicArn=identity)["Attributes"]
        return {
            **picked(found, arn="TopicArn", owner="Owner"),
            **{name: found.get(capital(name)) for name in ATTRIBUTES},
            "name": identity.rsplit(":", 1)[-1],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        for name in ATTRIBUTES:
            if (new.get(name) or "") != (old.get(name) or ""):
                aws("sns").set_topic_attributes(
                    TopicArn=identity,
                    AttributeName=capital(name),
                    AttributeValue=new.get(name) or "",
                )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("sns").delete_topic(TopicArn=identity)


class TopicPolicy(Handler):
    """aws.sns.TopicPolicy. A topic always has a policy: deleting ours brings back the one it came with."""

    type = "aws:sns/topicPolicy:TopicPolicy"
    inputs = words("arn policy")
    replace = words("arn")
    computed = ("owner",)

    def create(self, aws: Aws, new: Props) -> str:
        self.update(aws, new["arn"], {}, new)
        return str(new["arn"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("sns").get_topic_attributes(TopicArn=identity)["Attributes"]
        return picked(found, arn="TopicArn", owner="Owner", policy="Policy")

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        self._set(aws, identity, new["policy"])

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        self._set(aws, identity, json.dumps(_own(identity, aws.account_id)))

    @staticmethod
    def _set(aws: Aws, identity: str, policy: str) -> None:
        aws("sns").set_topic_attributes(
            TopicArn=identity, AttributeName="Policy", AttributeValue=policy
        )


def _own(arn: str, account_id: str) -> Props:
    """What SNS gives a topic that nobody gave a policy: the account may use it."""
    actions = "GetTopicAttributes SetTopicAttributes AddPermission RemovePermission DeleteTopic"
    actions += " Subscribe ListSubscriptionsByTopic Publish"
    statement = {
        "Sid": "__default_statement_ID",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": [f"SNS:{action}" for action in actions.split()],
        "Resource": arn,
        "Condition": {"StringEquals": {"AWS:SourceOwner": account_id}},
    }
    return {"Version": "2008-10-17", "Id": "__default_policy_ID", "Statement": [statement]}


HANDLERS: Final = (Topic(), TopicPolicy())
