"""When RDS backs up and when it maintains; AWS refuses windows that meet."""

from __future__ import annotations

import re
from typing import Final

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d"
DAY_AND_TIME: Final = rf"(?:{'|'.join(DAYS)}):{TIME}"
BACKUP: Final = re.compile(rf"{TIME}-{TIME}")
MAINTENANCE: Final = re.compile(rf"{DAY_AND_TIME}-{DAY_AND_TIME}")
SHORTEST_MINUTES: Final = 30
DAY: Final = 24 * 60
WEEK: Final = 7 * DAY


def window_problems(backup_window: str, maintenance_window: str) -> list[str]:
    """Why AWS would refuse the two windows; empty when it would not."""
    found = []
    if not BACKUP.fullmatch(backup_window):
        found.append(f"backup_window is hh:mm-hh:mm in UTC, got {backup_window!r}")
    if not MAINTENANCE.fullmatch(maintenance_window):
        found.append(
            "maintenance_window is ddd:hh:mm-ddd:hh:mm in UTC and lower case,"
            f" got {maintenance_window!r}"
        )
    if found:
        return found
    backup = _minutes(backup_window, DAY)
    maintenance = _minutes(maintenance_window, WEEK)
    for name, minutes in (("backup_window", backup), ("maintenance_window", maintenance)):
        if len(minutes) < SHORTEST_MINUTES:
            found.append(
                f"{name} has at least {SHORTEST_MINUTES} minutes, got {len(minutes)} minutes"
            )
    # The backup's comes every day.
    if set(backup) & {minute % DAY for minute in maintenance}:
        found.append(
            f"backup_window {backup_window} and maintenance_window {maintenance_window} overlap:"
            " move one of them"
        )
    return found


def _minutes(window: str, period: int) -> list[int]:
    """Every minute of a window, which may go beyond the end of its day or week."""
    start, end = (_minute(each) for each in window.split("-"))
    return [(start + passed) % period for passed in range((end - start) % period)]


def _minute(text: str) -> int:
    *day, hours, minutes = text.split(":")
    return (DAYS.index(day[0]) if day else 0) * DAY + int(hours) * 60 + int(minutes)
