"""Events that somebody should hear of, and how each is told: fields as an alarm has them, and the event itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from components.observability.alarm import Severity

CLOUDTRAIL: Final = "AWS API Call via CloudTrail"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A kind of event on the account's own bus."""

    name: str
    severity: Severity
    runbook: str
    summary: str
    pattern: Mapping[str, Any]
    of_reads: bool = False
    """Calls that only read reach no rule but one that asks for all calls of CloudTrail."""


def message(notice: Notice, *, owner: str, runbooks_url: str) -> str:
    """The template of what is published; EventBridge puts the event in. Quotes in it are JSON's own."""
    told = {
        "notice": notice.name,
        "severity": notice.severity,
        "owner": owner,
        "runbook": f"{runbooks_url}/{notice.runbook}.md",
        "summary": notice.summary,
    }
    # The placeholder is replaced by an object and so stands without quotes, which no JSON writer would allow.
    return json.dumps(told, sort_keys=True)[:-1] + ', "event": <aws.events.event.json>}'


def calls(source: str, *names: str, **narrower: Sequence[Any]) -> dict[str, Any]:
    """Successful calls alone: one that was refused has changed nothing."""
    return {
        "source": [f"aws.{source}"],
        "detail-type": [CLOUDTRAIL],
        "detail": {
            "eventSource": [f"{source}.amazonaws.com"],
            "eventName": list(names),
            "errorCode": [{"exists": False}],
            **({"requestParameters": dict(narrower)} if narrower else {}),
        },
    }
