"""A budget changes, says who hears of it, and keeps its tags."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench

EIGHTY = {
    "NotificationType": "ACTUAL",
    "ComparisonOperator": "GREATER_THAN",
    "Threshold": 80.0,
    "ThresholdType": "PERCENTAGE",
}
TOLD = [{"SubscriptionType": "SNS", "Address": "arn:aws:sns:eu-west-1:111122223333:alerts"}]


def budget(name: str, amount: str) -> dict[str, Any]:
    limit = {"Amount": amount, "Unit": "USD"}
    return {"BudgetName": name, "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": limit}


def test_a_budget_changes_and_keeps_who_hears_of_it(shared_bench: Workbench) -> None:
    budgets = shared_bench.client("budgets")
    of = {"AccountId": shared_bench.account.account_id, "BudgetName": uuid.uuid4().hex}
    account_id, name = of["AccountId"], of["BudgetName"]
    budgets.create_budget(
        AccountId=account_id,
        Budget=budget(name, "900"),
        NotificationsWithSubscribers=[{"Notification": EIGHTY, "Subscribers": TOLD}],
        ResourceTags=[{"Key": "project", "Value": "turnstay"}],
    )
    budgets.update_budget(AccountId=account_id, NewBudget=budget(name, "1500"))
    assert budgets.describe_budget(**of)["Budget"]["BudgetLimit"]["Amount"] == "1500"
    told = budgets.describe_subscribers_for_notification(**of, Notification=EIGHTY)
    assert told["Subscribers"] == TOLD
    arn = f"arn:aws:budgets::{account_id}:budget/{name}"
    budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "service", "Value": "platform"}])
    budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["project"])
    tags = budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"]
    assert tags == [{"Key": "service", "Value": "platform"}]
    budgets.delete_notification(**of, Notification={**EIGHTY, "Threshold": 80})
    with pytest.raises(ClientError, match="notification doesn't exist"):
        budgets.describe_subscribers_for_notification(**of, Notification=EIGHTY)


def test_a_budget_that_is_not_there_cannot_change(shared_bench: Workbench) -> None:
    budgets = shared_bench.client("budgets")
    with pytest.raises(ClientError, match="budget doesn't exist"):
        budgets.update_budget(
            AccountId=shared_bench.account.account_id, NewBudget=budget("nothing", "1")
        )
