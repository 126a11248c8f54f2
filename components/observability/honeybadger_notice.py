"""What Honeybadger is told of a page, and which pages those are.

Every alarm that pages is named: children of composites page too by their severity, and only their composite may speak.
The fields that no event carries stand in the rule, so alarms of one runbook share one. Templates are EventBridge's:
a placeholder without quotes becomes the JSON of what the event says there, quotes and escapes included.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from components.observability.notices import Notice
from components.observability.objectives import Definitions

LONGEST_PATTERN: Final = 2048  # EventBridge's limit
NOTIFIER: Final = "turnstay-alerts"
# By the name of a placeholder: where the event says it. All of these are in every event of an alarm.
ALARM_PATHS: Final = {
    "account": "$.account",
    "alarm": "$.detail.alarmName",
    "arn": "$.resources[0]",
    "reason": "$.detail.state.reason",
    "region": "$.region",
    "state": "$.detail.state.value",
    "time": "$.detail.state.timestamp",
}


def pages_of(prefix: str, definitions: Definitions) -> dict[str, list[str]]:
    """The alarms of a set that page by themselves: their whole names, by runbook."""
    found: dict[str, list[str]] = {}
    for alarm in definitions.alarms:
        if alarm.severity == "page" and not alarm.child:
            found.setdefault(alarm.runbook, []).append(f"{prefix}-{alarm.name}")
    for composite in definitions.composites:
        if composite.severity == "page":
            found.setdefault(composite.runbook, []).append(f"{prefix}-{composite.name}")
    return found


def together(sets: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """The pages of several sets, sorted."""
    runbooks = sorted({runbook for each in sets for runbook in each})
    return {name: sorted({one for each in sets for one in each.get(name, ())}) for name in runbooks}


def alarm_pattern(alarm_names: Sequence[str]) -> str:
    """Match each of these alarms when it begins; its end wakes nobody."""
    pattern = json.dumps(
        {
            "source": ["aws.cloudwatch"],
            "detail-type": ["CloudWatch Alarm State Change"],
            "detail": {"alarmName": sorted(alarm_names), "state": {"value": ["ALARM"]}},
        },
        separators=(",", ":"),
    )
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(
            f"a rule's pattern has at most {LONGEST_PATTERN} characters, got {len(pattern)} of"
            f" {len(alarm_names)} alarms: divide them among two rules"
        )
    return pattern


def alarm_template(*, owner: str, runbook_url: str, environment: str) -> str:
    """One fingerprint an alarm, its ARN: each time that it begins is another occurrence of the same error."""
    context = {
        "account": "<account>",
        "owner": owner,
        "region": "<region>",
        "runbook": runbook_url,
        "severity": "page",
        "state": "<state>",
        "time": "<time>",
    }
    return _template(
        title="<alarm>",
        text="<reason>",
        fingerprint="<arn>",
        context=context,
        environment=environment,
        placeholders=tuple(ALARM_PATHS),
    )


def notice_template(notice: Notice, *, owner: str, runbook_url: str, environment: str) -> str:
    """The same of an event that pages, with the event itself; its rule is its fingerprint."""
    context = {
        "event": "<aws.events.event.json>",
        "owner": owner,
        "runbook": runbook_url,
        "severity": notice.severity,
    }
    return _template(
        title=notice.name,
        text=notice.summary,
        fingerprint="<aws.events.rule-arn>",
        context=context,
        environment=environment,
        placeholders=("aws.events.event.json", "aws.events.rule-arn"),
    )


def _template(
    *,
    title: str,
    text: str,
    fingerprint: str,
    context: Mapping[str, str],
    environment: str,
    placeholders: tuple[str, ...],
) -> str:
    body: dict[str, Any] = {
        "notifier": {"name": NOTIFIER, "url": "https://www.turnstay.com", "version": "1"},
        "error": {
            "class": title,
            "message": text,
            "fingerprint": fingerprint,
            "tags": ["page"],
            "backtrace": [],
        },
        "request": {"component": "alerts", "context": dict(context)},
        "server": {"environment_name": environment},
    }
    written = json.dumps(body, sort_keys=True)
    for name in placeholders:  # JSON has no way to write one
        written = written.replace(f'"<{name}>"', f"<{name}>")
    return written
