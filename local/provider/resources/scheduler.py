"""EventBridge Scheduler: groups, and what is done when."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.shapes import from_aws, to_aws
from local.provider.tags import pairs
from local.provider.values import Props, capital, picked

PLAIN: Final = ("description", "scheduleExpression", "scheduleExpressionTimezone", "state")
OBJECTS: Final = ("flexibleTimeWindow", "target")
DEFAULT: Final = "default"
# The API writes one name differently.
NAMES: Final = {"eventbridgeParameters": "EventBridgeParameters"}


class ScheduleGroup(Handler):
    """aws.scheduler.ScheduleGroup. Its schedules go with it."""

    type = "aws:scheduler/scheduleGroup:ScheduleGroup"
    inputs = words("name tags")
    replace = words("name")
    computed = ("arn",)
    autoname = Autoname(longest=64)
    tagging = "scheduler"

    def create(self, aws: Aws, new: Props) -> str:
        aws("scheduler").create_schedule_group(Name=new["name"], Tags=pairs(new["tagsAll"]))
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("scheduler").get_schedule_group(Name=identity)
        return picked(found, arn="Arn", name="Name")

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("scheduler").delete_schedule_group(Name=identity)


class Schedule(Handler):
    """aws.scheduler.Schedule; its id is its group's name and its own."""

    type = "aws:scheduler/schedule:Schedule"
    inputs = words("groupName name") | {*PLAIN, *OBJECTS}
    replace = words("groupName name")
    computed = ("arn",)
    filled = words("target")
    autoname = Autoname(longest=64)

    def create(self, aws: Aws, new: Props) -> str:
        aws("scheduler").create_schedule(**_settings(new))
        return f"{new.get('groupName') or DEFAULT}/{new['name']}"

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        group, name = identity.split("/")
        found = aws("scheduler").get_schedule(GroupName=group, Name=name)
        return {
            **{each: found.get(capital(each)) for each in PLAIN},
            **{each: from_aws(found.get(capital(each)), NAMES) for each in OBJECTS},
            **picked(found, arn="Arn", groupName="GroupName", name="Name"),
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        # Whatever is left out is the default again, not what it was.
        aws("scheduler").update_schedule(**_settings(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        group, name = identity.split("/")
        aws("scheduler").delete_schedule(GroupName=group, Name=name)


def _settings(new: Props) -> Props:
    return {
        "Name": new["name"],
        "GroupName": new.get("groupName") or DEFAULT,
        "State": "ENABLED",
        **{capital(each): new[each] for each in PLAIN if new.get(each)},
        **{capital(each): to_aws(new[each], NAMES) for each in OBJECTS},
    }


HANDLERS: Final = (ScheduleGroup(), Schedule())
