from __future__ import annotations

from typing import Any

import pytest

from components.observability.slack_relay.notification import Notification, notification
from tests.components.observability.slack_relay.records import (
    ALARM,
    BUDGET,
    DATABASE,
    NOTICE,
    RUNBOOK,
    record,
)

PLACE: dict[str, Any] = {"region": "eu-west-1", "account": "111122223333"}


def test_an_alarm_says_who_does_what_where() -> None:
    assert notification(record(ALARM)) == Notification(
        kind="alarm",
        title="turnstay-staging-ledger-availability-page",
        state="ALARM",
        severity="page",
        summary="Too many answers of ledger are errors.",
        reason="Threshold Crossed: 1 datapoint [0.5] was > 0.0144.",
        owner="payments",
        runbook=RUNBOOK,
        time="2026-11-25T10:00:00.000+0000",
        **PLACE,
    )


def test_an_alarm_of_somebody_else_is_told_without_what_it_does_not_say() -> None:
    said = notification(record({"AlarmName": "by-hand", "NewStateValue": "ALARM"}))
    assert said == Notification(kind="alarm", title="by-hand", state="ALARM")


@pytest.mark.parametrize(
    ("before", "after", "minute", "expected"),
    [
        ("INSUFFICIENT_DATA", "OK", 5, True),
        ("INSUFFICIENT_DATA", "OK", 40, False),
        ("INSUFFICIENT_DATA", "ALARM", 5, False),
        ("ALARM", "OK", 5, False),
    ],
)
def test_the_first_look_at_a_new_alarm_is_no_end_of_trouble(
    before: str, after: str, minute: int, *, expected: bool
) -> None:
    times = {
        "AlarmConfigurationUpdatedTimestamp": "2026-11-25T10:00:00.000+0000",
        "StateChangeTime": f"2026-11-25T10:{minute:02}:00.000+0000",
    }
    said = ALARM | times | {"OldStateValue": before, "NewStateValue": after}
    assert notification(record(said)).is_first_look is expected


def test_an_event_is_told_with_what_happened_to_what() -> None:
    assert notification(record(NOTICE)) == Notification(
        kind="notice",
        title="log-deleted",
        severity="page",
        summary="A log group was deleted.",
        reason='arn:aws:logs:eu-west-1:111122223333:log-group:/x {"eventName": "DeleteLogGroup"}',
        owner="platform",
        runbook="https://example.com/runbooks/control-stopped.md",
        time="2026-11-25T10:00:00Z",
        **PLACE,
    )


def test_an_event_of_a_database_names_it() -> None:
    assert notification(record(DATABASE)) == Notification(
        kind="database",
        title="RDS: turnstay-staging-general",
        summary="DB instance restarted",
        reason="RDS-EVENT-0006",
        time="2026-11-25 10:00:00.000",
        **PLACE,
    )


@pytest.mark.parametrize(
    ("text", "subject", "title"),
    [
        (BUDGET, "AWS Budgets: turnstay-staging has exceeded your alert", None),
        ("[1, 2]", None, "A message of an unknown form"),
        ('{"a": 1}', "", "A message of an unknown form"),
    ],
    ids=["a budget", "a list", "an object of nobody"],
)
def test_what_nobody_knows_is_told_as_it_is(text: str, subject: str | None, title: str) -> None:
    said = notification(record(text, Subject=subject))
    assert said == Notification(
        kind="text",
        title=title or str(subject),
        summary=text.strip(),
        time="2026-11-25T10:00:01.000Z",
        **PLACE,
    )


def test_a_heartbeat_is_no_alert() -> None:
    assert notification(record({"heartbeat": "topic"})).kind == "heartbeat"
