"""AWS Budgets: a budget that changes, who hears of it, and its tags; moto has none of these."""

from __future__ import annotations

import json
from typing import Any

from moto.budgets.exceptions import NotFoundException
from moto.budgets.models import Budget, BudgetsBackend, Notification
from moto.budgets.responses import BudgetsResponse
from moto.core.utils import unix_time

from local.account.gaps.patch import Function, Untyped, adds, parameter, replaces

Json = dict[str, Any]


@replaces(BudgetsResponse)
def create_budget(moto: Function, self: BudgetsResponse) -> Untyped:
    """Keep the tags of a new budget."""
    answer = moto(self)
    name = parameter(self, "Budget")["BudgetName"]
    tags = parameter(self, "ResourceTags") or []
    _tags(self.backend.budgets[parameter(self, "AccountId")][name]).update(_by_key(tags))
    return answer


@adds(BudgetsResponse)
def update_budget(self: BudgetsResponse) -> str:
    """Take in another document; notifications stay."""
    other = parameter(self, "NewBudget")
    budget = _budget(self.backend, parameter(self, "AccountId"), other["BudgetName"])
    budget.budget = {
        "TimePeriod": budget.budget["TimePeriod"],
        **other,
        "LastUpdatedTime": unix_time(),
    }
    return json.dumps({})


@adds(BudgetsResponse)
def describe_subscribers_for_notification(self: BudgetsResponse) -> str:
    """Return who hears of a notification."""
    budget = _budget(self.backend, parameter(self, "AccountId"), parameter(self, "BudgetName"))
    asked = parameter(self, "Notification")
    for each in budget.notifications:
        if _same(each, asked):
            return json.dumps({"Subscribers": each.subscribers})
    raise NotFoundException("Unable to get subscribers - the notification doesn't exist.")


@replaces(Budget)
def delete_notification(moto: Function, self: Budget, details: Json) -> None:
    """Find it whatever way its threshold is written: 80 is 80.0."""
    for each in self.notifications:
        if _same(each, details):
            details = each.details
    moto(self, details)


@adds(BudgetsResponse)
def list_tags_for_resource(self: BudgetsResponse) -> str:
    """Return the tags of a budget."""
    tags = [{"Key": key, "Value": value} for key, value in _tags(_by_arn(self)).items()]
    return json.dumps({"ResourceTags": tags})


@adds(BudgetsResponse)
def tag_resource(self: BudgetsResponse) -> str:
    """Add tags."""
    _tags(_by_arn(self)).update(_by_key(parameter(self, "ResourceTags")))
    return json.dumps({})


@adds(BudgetsResponse)
def untag_resource(self: BudgetsResponse) -> str:
    """Remove tags."""
    for key in parameter(self, "ResourceTagKeys"):
        _tags(_by_arn(self)).pop(key, None)
    return json.dumps({})


def _budget(backend: BudgetsBackend, account_id: str, name: str) -> Budget:
    if found := backend.budgets[account_id].get(name):
        return found
    raise NotFoundException(f"Unable to get budget: {name} - the budget doesn't exist.")


def _by_arn(response: BudgetsResponse) -> Budget:
    arn = parameter(response, "ResourceARN")  # arn:aws:budgets::ACCOUNT:budget/NAME
    return _budget(response.backend, arn.split(":")[4], arn.partition("/")[2])


def _tags(budget: Budget) -> dict[str, str]:
    found: dict[str, str] = vars(budget).setdefault("tags", {})
    return found


def _by_key(tags: list[Json]) -> dict[str, str]:
    return {each["Key"]: each["Value"] for each in tags}


def _same(notification: Notification, asked: Json) -> bool:
    kept = notification.details
    return {**kept, "Threshold": float(kept["Threshold"])} == {
        **asked,
        "Threshold": float(asked["Threshold"]),
    }
