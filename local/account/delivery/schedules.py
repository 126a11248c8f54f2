"""What a schedule does when it is due. No clock asks for it here: whoever wants to see it says when."""

from __future__ import annotations

import json
from typing import Final

from moto.cloudwatch.models import cloudwatch_backends
from moto.events.models import events_backends
from moto.scheduler.models import scheduler_backends
from moto.sns.models import sns_backends

SET_ALARM_STATE: Final = "arn:aws:scheduler:::aws-sdk:cloudwatch:setAlarmState"


def fire(account_id: str, region: str, group: str, name: str) -> None:
    """Do what the schedule does; NotImplementedError for a target that no schedule of the platform has."""
    schedule = scheduler_backends[account_id][region].get_schedule(group, name)
    target, said = schedule.target, schedule.target.get("Input", "")
    arn = target["Arn"]
    if schedule.state != "ENABLED":
        return
    if arn == SET_ALARM_STATE:
        given = json.loads(said)
        cloudwatch_backends[account_id][region].set_alarm_state(
            given["AlarmName"],
            given["StateReason"],
            given.get("StateReasonData"),
            given["StateValue"],
        )
    elif arn.split(":")[2] == "sns":
        sns_backends[account_id][region].publish(said, arn)
    elif ":event-bus/" in arn:
        event = target["EventBridgeParameters"]
        entry = {"Source": event["Source"], "DetailType": event["DetailType"], "Detail": said}
        events_backends[account_id][region].put_events([entry])
    else:
        raise NotImplementedError(f"schedules with the target {arn}")
