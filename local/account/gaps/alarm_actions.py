"""CloudWatch: an alarm whose state changes tells its topics and the event bus. In moto it keeps that to itself."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Final

from moto.cloudwatch.models import Alarm
from moto.events.models import events_backends
from moto.sns.models import sns_backends

from local.account.delivery.delivery import delivery_of
from local.account.gaps.patch import Function, Untyped, replaces

ACTIONS: Final = {
    "ALARM": "alarm_actions",
    "INSUFFICIENT_DATA": "insufficient_data_actions",
    "OK": "ok_actions",
}


@replaces(Alarm)
def update_state(
    moto: Function, self: Untyped, reason: str, reason_data: str, state_value: str
) -> None:
    """Tell what has changed; the same state again is no change."""
    before = {
        "value": self.state_value,
        "reason": self.state_reason,
        "at": self.state_updated_timestamp,
    }
    moto(self, reason, reason_data, state_value)
    account_id = self.alarm_arn.split(":")[4]
    if delivery_of(account_id) is None or before["value"] == state_value:
        return
    if self.actions_enabled:
        topics = sns_backends[account_id][self.region_name].topics
        for arn in dict.fromkeys(getattr(self, ACTIONS[state_value]) or []):
            if topic := topics.get(arn):
                topic.publish(json.dumps(_message(self, before)), subject=_subject(self))
    _put_event(self, before, account_id)


def _put_event(alarm: Untyped, before: dict[str, Any], account_id: str) -> None:
    state = {
        "value": alarm.state_value,
        "reason": alarm.state_reason,
        "timestamp": _written(alarm.state_updated_timestamp),
    }
    previous = {
        "value": before["value"],
        "reason": before["reason"],
        "timestamp": _written(before["at"]),
    }
    # AWS's own example of a composite alarm's event has no description, so nothing may rely on one.
    configuration = (
        {"alarmRule": alarm.rule}
        if alarm.rule
        else {"description": alarm.description or "", "metrics": []}
    )
    detail = {
        "alarmName": alarm.name,
        "state": state,
        "previousState": previous,
        "configuration": configuration,
    }
    entry = {
        "Source": "aws.cloudwatch",
        "DetailType": "CloudWatch Alarm State Change",
        "Detail": json.dumps(detail),
        "Resources": [alarm.alarm_arn],
    }
    events_backends[account_id][alarm.region_name].put_events([entry])


def _message(alarm: Untyped, before: dict[str, Any]) -> dict[str, Any]:
    account_id = alarm.alarm_arn.split(":")[4]
    return {
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": account_id,
        "AlarmConfigurationUpdatedTimestamp": _written(alarm.configuration_updated_timestamp),
        "NewStateValue": alarm.state_value,
        "NewStateReason": alarm.state_reason,
        "StateChangeTime": _written(alarm.state_updated_timestamp),
        "Region": alarm.region_name,
        "AlarmArn": alarm.alarm_arn,
        "OldStateValue": before["value"],
        **({"AlarmRule": alarm.rule} if alarm.rule else {}),
    }


def _subject(alarm: Untyped) -> str:
    return f'{alarm.state_value}: "{alarm.name}" in {alarm.region_name}'[:100]


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "+0000"
