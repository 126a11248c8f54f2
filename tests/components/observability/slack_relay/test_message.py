from __future__ import annotations

from typing import Any

import pytest

from components.observability.slack_relay.message import message
from components.observability.slack_relay.notification import Notification, notification
from tests.components.observability.slack_relay.records import ALARM, RUNBOOK, record


def shown(**changes: Any) -> dict[str, Any]:
    return message(notification(record({**ALARM, **changes})))


def _field(name: str, value: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": f"*{name}*\n{value}"}


def test_a_page_shows_every_field() -> None:
    name = "turnstay-staging-ledger-availability-page"
    assert shown() == {
        "text": f"PAGE: {name}",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": f"PAGE: {name}"}},
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": "Too many answers of ledger are errors."},
            },
            {
                "type": "section",
                "fields": [
                    _field("State", "ALARM"),
                    _field("Severity", "page"),
                    _field("Owner", "payments"),
                    _field("Runbook", f"<{RUNBOOK}>"),
                    _field("Time", "2026-11-25T10:00:00.000+0000"),
                    _field("Region and account", "eu-west-1 111122223333"),
                ],
            },
            {
                "type": "section",
                "text": {
                    "type": "mrkdwn",
                    "text": "Threshold Crossed: 1 datapoint [0.5] was &gt; 0.0144.",
                },
            },
        ],
    }


def test_the_end_of_an_alarm_is_told_as_one_and_wakes_nobody() -> None:
    assert shown(NewStateValue="OK")["text"].startswith("Resolved: turnstay-")


def test_a_ticket_is_no_page() -> None:
    said = ALARM["AlarmDescription"].replace("page", "ticket")
    assert shown(AlarmDescription=said)["text"].startswith("Ticket: ")


def test_text_from_outside_can_mention_nobody() -> None:
    body = str(shown(NewStateReason="<!channel> & <https://evil.example|runbook>"))
    assert "<!channel>" not in body
    assert "&lt;!channel&gt; &amp; &lt;https://evil.example|runbook&gt;" in body


@pytest.mark.parametrize("text", ["x" * 5000, "<" * 5000], ids=["plain", "escaped"])
def test_nothing_is_longer_than_slack_takes(text: str) -> None:
    alert = Notification(
        kind="text", title=text, summary=text, reason=text, owner=text, runbook=text
    )
    header, summary, fields, reason = message(alert)["blocks"]
    assert len(header["text"]["text"]) <= 150
    assert max(len(each["text"]["text"]) for each in (summary, reason)) <= 3000
    assert max(len(each["text"]) for each in fields["fields"]) <= 2000


def test_what_is_not_said_has_no_field() -> None:
    assert message(Notification(kind="text", title="x")) == {
        "text": "x",
        "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "x"}}],
    }
