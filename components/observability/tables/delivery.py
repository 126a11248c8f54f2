"""Resource alarms of the way of an alert: topic, function, dead-letter queue, schedule.

A topic that fails cannot tell of it by itself; the second way of delivery does.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from components.observability.alarm import Alarm, Metric
from components.observability.tables.row import row

FIVE_MINUTES: Final = 300
# Rare and each one lost: the first failure counts, not the fifth.
_of_delivery = partial(
    row,
    runbook="alert-delivery",
    stat="Sum",
    threshold=0,
    periods=1,
    period_seconds=FIVE_MINUTES,
    missing="notBreaching",
)


def topic_table() -> tuple[Alarm, ...]:
    """Of a topic for alerts."""
    of = partial(_of_delivery, namespace="AWS/SNS", dimensions=("TopicName",))
    return (
        of(
            "failed",
            "A topic could not deliver an alert.",
            metric="NumberOfNotificationsFailed",
        ),
        of(
            "redriven",
            "A topic gave up on an alert and put it into the dead-letter queue.",
            metric="NumberOfNotificationsRedrivenToDlq",
        ),
        of(
            "lost",
            "A topic lost an alert: its dead-letter queue took it not either.",
            metric="NumberOfNotificationsFailedToRedriveToDlq",
        ),
    )


def function_table() -> tuple[Alarm, ...]:
    """Of a Lambda function on that way."""
    of = partial(_of_delivery, namespace="AWS/Lambda", dimensions=("FunctionName",))
    return (
        of("errors", "The function that delivers alerts fails.", metric="Errors"),
        of("throttles", "The function that delivers alerts is throttled.", metric="Throttles"),
    )


def dead_letter_table() -> tuple[Alarm, ...]:
    """Of a queue of what could not be delivered."""
    return (
        _of_delivery(
            "dead-letters",
            "Alerts that could not be delivered lie in the dead-letter queue.",
            namespace="AWS/SQS",
            metric="ApproximateNumberOfMessagesVisible",
            dimensions=("QueueName",),
        ),
    )


def test_page_table() -> tuple[Alarm, ...]:
    """An alarm that never speaks by itself: once a week it is put into ALARM, to be seen to arrive."""
    return (
        Alarm(
            name="test-page",
            severity="page",
            runbook="alert-delivery",
            summary="A test of the ways that alerts take. Nothing is wrong if you read this in Slack and in Honeybadger.",
            metrics=(
                Metric(
                    id="value",
                    namespace="AWS/SNS",
                    name="NumberOfMessagesPublished",
                    stat="Sum",
                    dimensions=("TopicName",),
                ),
            ),
            # A count is never below zero.
            comparison="LessThanThreshold",
            threshold=0,
            period_seconds=FIVE_MINUTES,
            missing="notBreaching",
        ),
    )


def schedule_table() -> tuple[Alarm, ...]:
    """Of a group of EventBridge schedules."""
    of = partial(_of_delivery, namespace="AWS/Scheduler", dimensions=("ScheduleGroup",))
    return (
        of("dropped", "A schedule gave up on a call.", metric="InvocationDroppedCount"),
        of("target-errors", "A schedule's target refuses its calls.", metric="TargetErrorCount"),
        of(
            "throttled",
            "A schedule's calls are throttled.",
            metric="InvocationThrottleCount",
        ),
    )
