"""EventBridge Scheduler: a group that is not there is said to be so, and a time that never comes is refused.

No clock runs here: a schedule does what it does when `local.account.delivery.schedules` is asked for it.
"""

from __future__ import annotations

import re
from typing import Any, Final

from moto.scheduler.exceptions import ScheduleGroupNotFound, ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule

from local.account.gaps.patch import Function, Untyped, replaces

EXPRESSION: Final = re.compile(
    r"rate\([1-9]\d* (minute|minutes|hour|hours|day|days)\)|cron\(\S+( \S+){5}\)|at\(\S+\)"
)


@replaces(Schedule, "__init__")
def check_schedule(moto: Function, self: Schedule, **given: Untyped) -> None:
    """Refuse an expression of another form, and a window without its length."""
    _check(given)
    moto(self, **given)


@replaces(Schedule)
def update(moto: Function, self: Schedule, **given: Untyped) -> None:
    """Refuse the same of a change."""
    _check(given)
    moto(self, **given)


@replaces(EventBridgeSchedulerBackend)
def delete_schedule_group(
    moto: Function, self: EventBridgeSchedulerBackend, name: str | None
) -> None:
    """Say that there is none."""
    if name not in self.schedule_groups:
        raise ScheduleGroupNotFound(name or "")
    moto(self, name)


def _check(given: dict[str, Any]) -> None:
    expression = given["schedule_expression"]
    if not EXPRESSION.fullmatch(expression):
        raise ValidationException(f"Invalid Schedule Expression {expression}.")
    window = given["flexible_time_window"]
    if window.get("Mode") == "FLEXIBLE" and not window.get("MaximumWindowInMinutes"):
        raise ValidationException("A flexible time window has a MaximumWindowInMinutes.")
