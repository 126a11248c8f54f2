"""What AWS tells of as it happens, and what the month may cost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from components.observability.control_notices import CONTROL_NOTICES
from components.observability.event_notices import EventNotices, EventNoticesArgs
from components.observability.monthly_budget import MonthlyBudget, MonthlyBudgetArgs
from components.observability.notices import Notice
from components.observability.secret_notices import SECRET_NOTICES, unexpected_reader_notice
from components.observability.service_notices import deployment_notices, task_failure_notice
from infra.ground import Ground
from infra.watching import PLATFORM
from stacks import names
from stacks.catalogue import Service

# The function that reads Slack's webhook, and EventBridge, which reads the key of its connection in a secret of its own.
ALERT_READERS: Final = (
    "slack-relay-role-*",
    "aws-service-role/apidestinations.events.amazonaws.com/AWSServiceRoleForAmazonEventBridgeApiDestinations",
)


def build_event_notices(ground: Ground, catalogue: Mapping[str, Service]) -> EventNotices:
    """Deployments, tasks and rotations that fail; controls and secrets too where a trail hears of calls."""
    settings = ground.settings
    return EventNotices(
        "events",
        EventNoticesArgs(
            prefix=f"turnstay-{settings.stack}",
            notices=event_notices(ground, catalogue),
            topic_arn=ground.topic_arn,
            owner=PLATFORM,
            runbooks_url=settings.alarms.runbooks_url,
        ),
        opts=ground.opts,
    )


def event_notices(ground: Ground, catalogue: Mapping[str, Service]) -> list[Notice]:
    """All of them, in the order of their rules."""
    return [
        *_ecs(ground),
        *SECRET_NOTICES,
        *(_calls(ground, catalogue) if ground.settings.alarms.audit_trail else ()),
    ]


def build_budget(ground: Ground) -> None:
    """What the account may cost a month."""
    MonthlyBudget(
        "monthly",
        MonthlyBudgetArgs(
            budget_name=f"turnstay-{ground.settings.stack}",
            limit_usd=ground.settings.alarms.monthly_budget_usd,
            topic_arn=ground.topic_arn,
        ),
        opts=ground.opts,
    )


def _ecs(ground: Ground) -> list[Notice]:
    account = ground.settings.account
    ecs = f"arn:aws:ecs:{account.region}:{account.id}"
    cluster = names.cluster_name(ground.settings.stack)
    return [
        *deployment_notices(f"{ecs}:service/{cluster}/*"),
        task_failure_notice(f"{ecs}:cluster/{cluster}"),
    ]


def _calls(ground: Ground, catalogue: Mapping[str, Service]) -> list[Notice]:
    """Without names of people in the settings everybody who deploys would be unexpected: no such notice then."""
    account = ground.settings.account
    # Pulumi ends a role's name with seven characters of its own; a service's roles begin with its slug.
    tasks = [f"{names.slug(each.name)}-*execution-role-*" for each in catalogue.values()]
    readers = [*account.secret_readers, *tasks, *ALERT_READERS]
    watched = [unexpected_reader_notice(account.id, readers)] if account.secret_readers else []
    return [*CONTROL_NOTICES, *watched]
