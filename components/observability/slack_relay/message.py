"""An alert as Slack shows it."""

from __future__ import annotations

from typing import Any, Final

from .notification import Notification

# Slack's own limits: of a header, of a section's text, and of one of its fields. What is longer is refused as a whole.
HEADER: Final = 150
SECTION: Final = 3000
FIELD: Final = 2000


def message(alert: Notification) -> dict[str, Any]:
    """The body for an incoming webhook; `text` is what a phone shows of it."""
    title = f"{_begin(alert)} {alert.title}".strip()
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": _cut(title, HEADER)}}
    ]
    if alert.summary:
        blocks.append(_section(alert.summary))
    fields = [
        {"type": "mrkdwn", "text": _cut(f"*{name}*\n{value}", FIELD)}
        for name, value in _fields(alert).items()
        if value
    ]
    if fields:
        blocks.append({"type": "section", "fields": fields})
    if alert.reason:
        blocks.append(_section(alert.reason))
    return {"text": _escaped(title), "blocks": blocks}


def _begin(alert: Notification) -> str:
    """The word that tells whether to get up."""
    if alert.state == "OK":
        return "Resolved:"
    return {"page": "PAGE:", "ticket": "Ticket:"}.get(alert.severity, "")


def _fields(alert: Notification) -> dict[str, str]:
    link = f"<{_escaped(alert.runbook)}>" if alert.runbook else ""
    place = " ".join(each for each in (alert.region, alert.account) if each)
    return {
        "State": _escaped(alert.state),
        "Severity": _escaped(alert.severity),
        "Owner": _escaped(alert.owner),
        "Runbook": link,
        "Time": _escaped(alert.time),
        "Region and account": _escaped(place),
    }


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": _cut(_escaped(text), SECTION)}}


def _escaped(text: str) -> str:
    # Otherwise text from outside could mention everybody (<!channel>) or dress up a link.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
