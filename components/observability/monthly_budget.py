"""What the account may cost a month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws

# By kind of notification: percent of the limit. A forecast comes while there is still something to be done.
NOTIFICATIONS: Final = (("FORECASTED", 100), ("ACTUAL", 80), ("ACTUAL", 100))


@dataclass(frozen=True, kw_only=True)
class MonthlyBudgetArgs:
    """Inputs of MonthlyBudget."""

    budget_name: str
    limit_usd: int
    topic_arn: pulumi.Input[str]
    """Of a topic that lets AWS Budgets (`budgets.amazonaws.com`) publish, whose key lets it encrypt."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.limit_usd < 1:
            raise ValueError(f"limit_usd is 1 or more, got {self.limit_usd}")


class MonthlyBudget(pulumi.ComponentResource):
    """Tells a topic when the month will cost more than the limit, and when it does. It stops nothing."""

    def __init__(
        self, name: str, args: MonthlyBudgetArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:observability:MonthlyBudget", name, {}, opts)

        aws.budgets.Budget(
            f"{name}-budget",
            name=args.budget_name,
            budget_type="COST",
            time_unit="MONTHLY",
            limit_amount=str(args.limit_usd),
            limit_unit="USD",
            notifications=[
                aws.budgets.BudgetNotificationArgs(
                    notification_type=kind,
                    comparison_operator="GREATER_THAN",
                    threshold=percent,
                    threshold_type="PERCENTAGE",
                    subscriber_sns_topic_arns=[args.topic_arn],
                )
                for kind, percent in NOTIFICATIONS
            ],
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self),
        )

        self.register_outputs({})
