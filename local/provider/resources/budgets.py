"""Budgets of the account."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.errors import existing
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.resources.cloudwatch_queries import number
from local.provider.sameness import same
from local.provider.shapes import from_aws, to_aws
from local.provider.tags import pairs
from local.provider.values import Props, Value

# Of a notification: who hears of it, by the kind of the subscription.
SUBSCRIBERS: Final = {"subscriberEmailAddresses": "EMAIL", "subscriberSnsTopicArns": "SNS"}


class Budget(Handler):
    """aws.budgets.Budget with a fixed limit, in the provider's own account."""

    type = "aws:budgets/budget:Budget"
    inputs = words("budgetType limitAmount limitUnit name notifications tags timeUnit")
    replace = words("name")
    computed = ("accountId", "arn")
    autoname = Autoname(longest=100)
    tagging = "budgets"

    def create(self, aws: Aws, new: Props) -> str:
        name = str(new["name"])
        aws("budgets").create_budget(
            AccountId=aws.account_id, Budget=_budget(new), ResourceTags=pairs(new["tagsAll"])
        )
        identity = f"{aws.account_id}:{name}"
        with existing(identity):
            _notify(aws, name, new.get("notifications") or [])
        return identity

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        account_id, _, name = identity.partition(":")
        found = aws("budgets").describe_budget(AccountId=account_id, BudgetName=name)["Budget"]
        return {
            "accountId": account_id,
            "arn": f"arn:aws:budgets::{account_id}:budget/{name}",
            "budgetType": found["BudgetType"],
            "limitAmount": found["BudgetLimit"]["Amount"],
            "limitUnit": found["BudgetLimit"]["Unit"],
            "name": found["BudgetName"],
            "notifications": [_read(aws, name, each) for each in _listed(aws, name)],
            "timeUnit": found["TimeUnit"],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("budgets").update_budget(AccountId=aws.account_id, NewBudget=_budget(new))
        name, wanted = str(new["name"]), new.get("notifications") or []
        if same(old.get("notifications") or [], wanted):
            return
        for each in _listed(aws, name):
            aws("budgets").delete_notification(
                AccountId=aws.account_id, BudgetName=name, Notification=each
            )
        _notify(aws, name, wanted)

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        account_id, _, name = identity.partition(":")
        aws("budgets").delete_budget(AccountId=account_id, BudgetName=name)


def _budget(new: Props) -> Props:
    return {
        "BudgetName": new["name"],
        "BudgetType": new["budgetType"],
        "TimeUnit": new["timeUnit"],
        "BudgetLimit": {"Amount": new["limitAmount"], "Unit": new["limitUnit"]},
    }


def _notify(aws: Aws, name: str, notifications: list[Props]) -> None:
    for each in notifications:
        told = [
            {"SubscriptionType": kind, "Address": address}
            for ours, kind in SUBSCRIBERS.items()
            for address in each.get(ours) or []
        ]
        kept = {key: value for key, value in each.items() if key not in SUBSCRIBERS}
        aws("budgets").create_notification(
            AccountId=aws.account_id, BudgetName=name, Notification=to_aws(kept), Subscribers=told
        )


def _listed(aws: Aws, name: str) -> list[Props]:
    answer = aws("budgets").describe_notifications_for_budget(
        AccountId=aws.account_id, BudgetName=name
    )
    return list(answer["Notifications"])


def _read(aws: Aws, name: str, notification: Props) -> Value:
    told = aws("budgets").describe_subscribers_for_notification(
        AccountId=aws.account_id, BudgetName=name, Notification=notification
    )["Subscribers"]
    state = {key: value for key, value in notification.items() if key != "NotificationState"}
    return {
        **from_aws({**state, "Threshold": number(state["Threshold"])}),
        **{
            ours: [each["Address"] for each in told if each["SubscriptionType"] == kind]
            for ours, kind in SUBSCRIBERS.items()
        },
    }


HANDLERS: Final = (Budget(),)
