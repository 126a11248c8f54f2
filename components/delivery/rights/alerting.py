"""What it takes to bring alerts to people: a function, its queue, subscriptions, schedules, calls to the outside."""

from __future__ import annotations

from typing import Final

from components.delivery.rights.data import PASSING
from components.delivery.rights.right import Table, reads, unnamed, writes

FUNCTIONS: Final = "function:turnstay-{stack}-*"
QUEUES: Final = "turnstay-{stack}-*"
CONNECTIONS: Final = "connection/turnstay-{stack}-*"
DESTINATIONS: Final = "api-destination/turnstay-{stack}-*"
GROUPS: Final = "schedule-group/turnstay-{stack}-*"
SCHEDULES: Final = "schedule/turnstay-{stack}-*/*"

ALERTING: Final[Table] = {
    "aws:cloudwatch/eventApiDestination:EventApiDestination": (
        writes(
            "events",
            "CreateApiDestination DeleteApiDestination UpdateApiDestination",
            *(CONNECTIONS, DESTINATIONS),
        ),
        reads("events", "DescribeApiDestination"),
    ),
    "aws:cloudwatch/eventConnection:EventConnection": (
        writes("events", "CreateConnection DeleteConnection UpdateConnection", CONNECTIONS),
        # EventBridge keeps the connection's key there with the rights of whoever makes it.
        writes(
            "secretsmanager",
            "CreateSecret DeleteSecret GetSecretValue PutSecretValue UpdateSecret",
            "secret:events!connection/turnstay-{stack}-*",
        ),
        reads("events", "DescribeConnection"),
    ),
    "aws:lambda/function:Function": (
        writes(
            "lambda",
            "CreateFunction DeleteFunction PutFunctionConcurrency TagResource UntagResource"
            " UpdateFunctionCode UpdateFunctionConfiguration",
            FUNCTIONS,
        ),
        # Where its code lies is part of the answer: no right of a preview.
        writes("lambda", "GetFunction", FUNCTIONS),
        reads("lambda", "GetFunctionCodeSigningConfig ListTags ListVersionsByFunction"),
        PASSING,
    ),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (
        writes(
            "lambda",
            "DeleteFunctionEventInvokeConfig PutFunctionEventInvokeConfig"
            " UpdateFunctionEventInvokeConfig",
            FUNCTIONS,
        ),
        reads("lambda", "GetFunctionEventInvokeConfig"),
    ),
    "aws:lambda/permission:Permission": (
        writes("lambda", "AddPermission RemovePermission", FUNCTIONS),
        reads("lambda", "GetPolicy"),
    ),
    "aws:scheduler/schedule:Schedule": (
        writes("scheduler", "CreateSchedule DeleteSchedule UpdateSchedule", SCHEDULES),
        reads("scheduler", "GetSchedule"),
        PASSING,
    ),
    "aws:scheduler/scheduleGroup:ScheduleGroup": (
        writes(
            "scheduler", "CreateScheduleGroup DeleteScheduleGroup TagResource UntagResource", GROUPS
        ),
        reads("scheduler", "GetScheduleGroup ListTagsForResource"),
    ),
    "aws:sns/topicSubscription:TopicSubscription": (
        writes("sns", "SetSubscriptionAttributes Subscribe", QUEUES),
        unnamed("sns", "Unsubscribe"),
        reads("sns", "GetSubscriptionAttributes"),
    ),
    "aws:sqs/queue:Queue": (
        writes("sqs", "CreateQueue DeleteQueue SetQueueAttributes TagQueue UntagQueue", QUEUES),
        reads("sqs", "GetQueueAttributes GetQueueUrl ListQueueTags"),
    ),
    "aws:sqs/queuePolicy:QueuePolicy": (
        writes("sqs", "SetQueueAttributes", QUEUES),
        reads("sqs", "GetQueueAttributes"),
    ),
}
