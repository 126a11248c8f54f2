"""What a message of the alert topic says, whoever published it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

Kind = Literal["alarm", "notice", "database", "text", "heartbeat"]
_FIRST_LOOK = timedelta(minutes=15)  # new alarms find their state within minutes
# "Severity: page" and the like, each on a line of its own: see components/observability/description.py.
_FIELD = re.compile(r"^(Severity|Owner|Runbook): (\S.*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Notification:
    """One alert. What its publisher does not say is empty."""

    kind: Kind
    title: str
    state: str = ""
    """ALARM or OK; empty for what is over when it is told."""
    severity: str = ""
    summary: str = ""
    reason: str = ""
    owner: str = ""
    runbook: str = ""
    time: str = ""
    region: str = ""
    account: str = ""
    is_first_look: bool = False
    """CloudWatch has looked at a new alarm and found nothing: no trouble has ended, for none was told."""


def notification(record: Mapping[str, Any]) -> Notification:
    """Read the `Sns` part of a record. A message of a form that nobody knows is an alert too: its text is shown."""
    text, subject = str(record.get("Message", "")), str(record.get("Subject") or "")
    said = _object(text)
    if "heartbeat" in said:
        return Notification(kind="heartbeat", title=str(said["heartbeat"]))
    if "AlarmName" in said:
        return _alarm(said)
    if "notice" in said:
        return _notice(said)
    if "Event Message" in said:
        return _database(said)
    arn = str(record.get("TopicArn", "")).split(":")
    return Notification(
        kind="text",
        title=subject or "A message of an unknown form",
        summary=text.strip(),
        time=str(record.get("Timestamp", "")),
        region=_part(arn, 3),
        account=_part(arn, 4),
    )


def _alarm(said: Mapping[str, Any]) -> Notification:
    description = str(said.get("AlarmDescription") or "")
    fields = {name.lower(): value.strip() for name, value in _FIELD.findall(description)}
    return Notification(
        kind="alarm",
        title=str(said["AlarmName"]),
        state=str(said.get("NewStateValue", "")),
        summary=_FIELD.sub("", description).strip(),
        reason=str(said.get("NewStateReason", "")),
        time=str(said.get("StateChangeTime", "")),
        # `Region` is a name for people, such as EU (Ireland).
        region=_part(str(said.get("AlarmArn", "")).split(":"), 3) or str(said.get("Region", "")),
        account=str(said.get("AWSAccountId", "")),
        is_first_look=_is_first_look(said),
        **fields,
    )


def _is_first_look(said: Mapping[str, Any]) -> bool:
    if (said.get("OldStateValue"), said.get("NewStateValue")) != ("INSUFFICIENT_DATA", "OK"):
        return False
    try:
        changed, made = (
            datetime.fromisoformat(str(said.get(name, "")))
            for name in ("StateChangeTime", "AlarmConfigurationUpdatedTimestamp")
        )
    except ValueError:
        return False
    return changed - made < _FIRST_LOOK


def _notice(said: Mapping[str, Any]) -> Notification:
    event = said.get("event")
    event = event if isinstance(event, Mapping) else {}
    things = event.get("resources") or []
    told = json.dumps(event.get("detail", {}), sort_keys=True, ensure_ascii=False)
    return Notification(
        kind="notice",
        title=str(said["notice"]),
        severity=str(said.get("severity", "")),
        summary=str(said.get("summary", "")),
        reason=" ".join([*(str(each) for each in things), told]),
        owner=str(said.get("owner", "")),
        runbook=str(said.get("runbook", "")),
        time=str(event.get("time", "")),
        region=str(event.get("region", "")),
        account=str(event.get("account", "")),
    )


def _database(said: Mapping[str, Any]) -> Notification:
    arn = str(said.get("Source ARN", "")).split(":")
    return Notification(
        kind="database",
        title=f"RDS: {said.get('Source ID', 'a database')}",
        summary=str(said["Event Message"]),
        reason=str(said.get("Event ID", "")).rpartition("#")[2],
        time=str(said.get("Event Time", "")),
        region=_part(arn, 3),
        account=_part(arn, 4),
    )


def _object(text: str) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _part(arn: list[str], index: int) -> str:
    return arn[index] if len(arn) > index else ""
