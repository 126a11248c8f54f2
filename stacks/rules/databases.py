"""Servers that hold what is asked of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stacks.database_settings import VAULT_HOUR_UTC, DatabaseSettings
from stacks.draft import Draft
from stacks.errors import Place, Problem
from stacks.postgres_classes import max_connections

# The master's gates, four for the migrator of each service, RDS's own and those kept for superusers.
_RESERVE: Final = 50
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_A_DAY: Final = 24 * 60
_MINUTES_A_WEEK: Final = 7 * _MINUTES_A_DAY
_SHORTEST_MINUTES: Final = 30
_MINUTES_BEFORE: Final = 60  # of a window: AWS Backup keeps clear of it


def check_databases(draft: Draft) -> Iterator[Problem]:
    """Storage can grow, windows do not meet, production has a standby, and all connections fit."""
    if draft.databases is None:
        return
    for zone in ("general", "card"):
        place: Place = ("databases", zone)
        settings: DatabaseSettings = getattr(draft.databases, zone)
        if settings.max_storage_gib < settings.storage_gib:
            yield Problem(
                place=(*place, "max_storage_gib"),
                text=f"{settings.max_storage_gib} is less than storage_gib {settings.storage_gib}",
            )
        elif settings.max_storage_gib * 10 < settings.storage_gib * 11:
            yield Problem(
                place=(*place, "max_storage_gib"),
                text=f"{settings.max_storage_gib} is too near to storage_gib {settings.storage_gib}:"
                " RDS wants at least a tenth more",
            )
        if settings.allow_major_version_upgrade and not settings.apply_immediately:
            yield Problem(
                place=(*place, "allow_major_version_upgrade"),
                text="true needs apply_immediately: a server that waits for its window keeps the old version, and"
                " `pulumi up` the new one",
            )
        if draft.environment == "production" and not settings.multi_az:
            yield Problem(
                place=(*place, "multi_az"),
                text="false is not enough for production: the loss of a zone would be an outage",
            )
        yield from _windows(place, settings)
        if draft.databases.vault_retention_days:
            yield from _vault(place, settings)
        yield from _connections(place, zone, settings, draft)


def _windows(place: Place, settings: DatabaseSettings) -> Iterator[Problem]:
    spans = _spans(settings)
    for key, span in spans.items():
        if len(span) < _SHORTEST_MINUTES:
            text = f'"{getattr(settings, key)}" is {len(span)} minutes; AWS takes at least 30'
            yield Problem(place=(*place, key), text=text)
    maintenance = {minute % _MINUTES_A_DAY for minute in spans["maintenance_window"]}
    if maintenance & set(spans["backup_window"]):
        yield Problem(
            place=(*place, "maintenance_window"),
            text=f'"{settings.maintenance_window}" meets backup_window {settings.backup_window}',
        )


def _vault(place: Place, settings: DatabaseSettings) -> Iterator[Problem]:
    for key, span in _spans(settings).items():
        closed = range(span[0] - _MINUTES_BEFORE, span[0] + len(span))
        if any(minute % _MINUTES_A_DAY == VAULT_HOUR_UTC * 60 for minute in closed):
            text = (
                f'"{getattr(settings, key)}" leaves no time for the copy to the vault at {VAULT_HOUR_UTC:02}:00:'
                " AWS Backup makes none in a window, nor in the hour before one"
            )
            yield Problem(place=(*place, key), text=text)


def _spans(settings: DatabaseSettings) -> dict[str, list[int]]:
    """The minutes of both windows, by their keys."""
    backup = f"mon:{settings.backup_window.replace('-', '-mon:')}"
    return {
        "backup_window": _span(backup, _MINUTES_A_DAY),
        "maintenance_window": _span(settings.maintenance_window, _MINUTES_A_WEEK),
    }


def _span(window: str, period: int) -> list[int]:
    """The minutes of a window, counted from the beginning of its day or week."""
    first, last = (_minute(each) for each in re.findall(r"[a-z]{3}:\d\d:\d\d", window))
    return [minute % period for minute in range(first, last if last > first else last + period)]


def _minute(text: str) -> int:
    day, hours, minutes = text.split(":")
    return (_DAYS.index(day) * 24 + int(hours)) * 60 + int(minutes)


def _connections(
    place: Place, zone: str, settings: DatabaseSettings, draft: Draft
) -> Iterator[Problem]:
    needs = {
        service.name: own.pooled_connections
        for service, own in draft.each_service()
        if service.zone == zone and service.database
    }
    needed, there = sum(needs.values()) + _RESERVE, max_connections(settings.instance_class)
    if needed > there:
        parts = " + ".join(f"{name} {need}" for name, need in needs.items())
        yield Problem(
            place=(*place, "instance_class"),
            text=f"{settings.instance_class} takes {there} connections, and {needed} may be needed:"
            f" {parts} (max_tasks x workers x (pool_size + pool_overflow)) + {_RESERVE} in reserve;"
            " take a larger class or smaller pools",
        )
