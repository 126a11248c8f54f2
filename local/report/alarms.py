"""The alarms of a stack by severity, read from the account itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NotRequired, TypedDict

from local.report.clients import client


class Alarm(TypedDict):
    """What is read of an alarm, a composite one or not."""

    AlarmName: str
    AlarmDescription: NotRequired[str]
    AlarmActions: Sequence[str]
    StateValue: str


SEVERITIES: Final = ("page", "ticket")
SEVERITY: Final = re.compile(r"^Severity: (\w+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class AlarmRow:
    """One severity as the table shows it."""

    severity: str
    alarms: str
    """those that tell somebody"""
    parts: str
    """those that only a composite looks at"""
    burning: str
    """their names; a local alarm has no data until somebody sets its state"""


def alarm_rows(stack: str, endpoint: str, region: str) -> list[AlarmRow]:
    """Count the stack's alarms; none when there are none, and a further row when one says no severity."""
    found = list(_alarms(endpoint, region, f"turnstay-{stack}-"))
    others = {_severity(each) for each in found} - {*SEVERITIES}
    rows = [
        _row(name, [each for each in found if _severity(each) == name])
        for name in (*SEVERITIES, *sorted(others))
    ]
    return rows if found else []


def _alarms(endpoint: str, region: str, prefix: str) -> Iterator[Alarm]:
    pages = (
        client("cloudwatch", endpoint, region)
        .get_paginator("describe_alarms")
        .paginate(AlarmNamePrefix=prefix, AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    )
    for page in pages:
        yield from page["MetricAlarms"]
        yield from page["CompositeAlarms"]


def _severity(alarm: Alarm) -> str:
    said = SEVERITY.search(alarm.get("AlarmDescription", ""))
    return said[1] if said else "none"


def _row(severity: str, alarms: Sequence[Alarm]) -> AlarmRow:
    telling = [each for each in alarms if each["AlarmActions"]]
    burning = sorted(each["AlarmName"] for each in telling if each["StateValue"] == "ALARM")
    return AlarmRow(
        severity=severity,
        alarms=str(len(telling)),
        parts=str(len(alarms) - len(telling)),
        burning=", ".join(burning) or "-",
    )
