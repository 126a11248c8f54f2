"""What RDS tells a topic about its databases."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.tags import pairs
from local.provider.values import Props, picked

ACTIVE_SECONDS: Final = 40 * 60.0


class EventSubscription(Handler):
    """aws.rds.EventSubscription to all sources of a type."""

    type = "aws:rds/eventSubscription:EventSubscription"
    inputs = words("enabled eventCategories name snsTopic sourceType tags")
    replace = words("name")
    computed = ("arn", "customerAwsId")
    autoname = Autoname()
    tagging = "rds"

    def create(self, aws: Aws, new: Props) -> str:
        identity = str(new["name"])
        aws("rds").create_event_subscription(
            SubscriptionName=identity, Tags=pairs(new["tagsAll"]), **_settings(new)
        )
        with existing(identity):
            _settle(aws, identity)
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        return picked(
            _describe(aws, identity),
            arn="EventSubscriptionArn",
            customerAwsId="CustomerAwsId",
            enabled="Enabled",
            eventCategories="EventCategoriesList",
            name="CustSubscriptionId",
            snsTopic="SnsTopicArn",
            sourceType="SourceType",
        )

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("rds").modify_event_subscription(SubscriptionName=identity, **_settings(new))
        _settle(aws, identity)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("rds").delete_event_subscription(SubscriptionName=identity)


def _settings(new: Props) -> Props:
    kind = {"SourceType": new["sourceType"]} if new.get("sourceType") else {}
    return {
        "SnsTopicArn": new["snsTopic"],
        "EventCategories": new.get("eventCategories") or [],
        "Enabled": new.get("enabled", True),
        **kind,
    }


def _describe(aws: Aws, identity: str) -> Props:
    answer = aws("rds").describe_event_subscriptions(SubscriptionName=identity)
    return dict(answer["EventSubscriptionsList"][0])


def _settle(aws: Aws, identity: str) -> None:
    aws.wait(
        f"event subscription {identity} active",
        lambda: _describe(aws, identity)["Status"] == "active",
        seconds=ACTIVE_SECONDS,
    )


HANDLERS: Final = (EventSubscription(),)
