"""The types of what is told and shown: events, a budget, a page of graphs."""

from __future__ import annotations

import json
from typing import Any

from tests.local.provider.case import Case, fresh


def _notification(threshold: float) -> dict[str, Any]:
    return {
        "comparisonOperator": "GREATER_THAN",
        "notificationType": "ACTUAL",
        "threshold": threshold,
        "thresholdType": "PERCENTAGE",
        "subscriberSnsTopicArns": ["arn:aws:sns:eu-west-1:111122223333:alerts"],
    }


def _body(title: str) -> str:
    return json.dumps({"widgets": [{"type": "text", "properties": {"markdown": title}}]}, indent=1)


NOTICES: dict[str, Case] = {
    "dashboard": Case(
        type="aws:cloudwatch/dashboard:Dashboard",
        inputs=lambda _: {"dashboardName": fresh("turnstay-#"), "dashboardBody": _body("one")},
        updates=({"dashboardBody": _body("two")},),
        replaces=({"dashboardName": "other"},),
        drift=lambda aws, dashboard: aws("cloudwatch").put_dashboard(
            DashboardName=dashboard.id, DashboardBody=_body("three")
        ),
        drifted="dashboardBody",
    ),
    "event rule": Case(
        type="aws:cloudwatch/eventRule:EventRule",
        inputs=lambda _: {
            "description": "A deployment failed.",
            "eventPattern": json.dumps({"source": ["aws.ecs"], "detail": {"a": ["b"]}}, indent=1),
            "state": "ENABLED",
            "tags": {"severity": "ticket"},
        },
        updates=(
            {"eventPattern": json.dumps({"source": ["aws.rds"]})},
            {"state": "DISABLED"},
            {"description": "Another."},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, rule: aws("events").disable_rule(Name=rule.id),
        drifted="state",
    ),
    "event target": Case(
        type="aws:cloudwatch/eventTarget:EventTarget",
        inputs=lambda need: {
            "rule": need("event rule of target").id,
            "arn": "arn:aws:sns:eu-west-1:111122223333:alerts",
            "inputTransformer": {
                "inputPaths": {"service": "$.resources[0]"},
                "inputTemplate": '{"service": <service>}',
            },
        },
        updates=(
            {"arn": "arn:aws:sns:eu-west-1:111122223333:others"},
            {"inputTransformer": {"inputTemplate": "<aws.events.event.json>"}},
            {"retryPolicy": {"maximumRetryAttempts": 3, "maximumEventAgeInSeconds": 600}},
            {"deadLetterConfig": {"arn": "arn:aws:sqs:eu-west-1:111122223333:letters"}},
            {"inputTransformer": None, "httpTarget": {"headerParameters": {"X-Stack": "prod"}}},
        ),
        replaces=({"targetId": "chosen"},),
        drift=lambda aws, target: aws("events").remove_targets(
            Rule=target.outputs["rule"], Ids=[target.outputs["targetId"]]
        ),
    ),
    "budget": Case(
        type="aws:budgets/budget:Budget",
        inputs=lambda _: {
            "budgetType": "COST",
            "timeUnit": "MONTHLY",
            "limitAmount": "900",
            "limitUnit": "USD",
            "notifications": [_notification(80), _notification(100)],
            "tags": {"service": "platform"},
        },
        updates=(
            {"limitAmount": "1500"},
            {"notifications": [_notification(50.5)]},
            {"tags": {"service": "other"}},
        ),
        replaces=({"name": "chosen"},),
        drift=lambda aws, budget: aws("budgets").update_budget(
            AccountId="111122223333",
            NewBudget={
                "BudgetName": budget.outputs["name"],
                "BudgetType": "COST",
                "TimeUnit": "MONTHLY",
                "BudgetLimit": {"Amount": "1", "Unit": "USD"},
            },
        ),
        drifted="limitAmount",
    ),
}
