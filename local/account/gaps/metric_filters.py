"""Metric filters of CloudWatch Logs, one of a name in a log group.

moto adds another one of the same name, takes one for a group that does not exist, and keeps those of a group that is
gone. Nothing is counted here: no metric comes of a filter.
"""

from __future__ import annotations

from moto.logs.exceptions import ResourceNotFoundException
from moto.logs.models import LogsBackend

from local.account.gaps.patch import Function, Untyped, replaces


@replaces(LogsBackend)
def put_metric_filter(
    moto: Function, self: LogsBackend, filter_name: str, pattern: str, group: str, change: Untyped
) -> None:
    """Take the place of the filter of that name."""
    if group not in self.groups:
        raise ResourceNotFoundException
    self.filters.delete_filter(filter_name, group)
    moto(self, filter_name, pattern, group, change)


@replaces(LogsBackend)
def delete_metric_filter(
    moto: Function,
    self: LogsBackend,
    filter_name: str | None = None,
    log_group_name: str | None = None,
) -> Untyped:
    """Refuse one that is not there."""
    if not self.filters.get_matching_filters(filter_name, log_group_name):
        raise ResourceNotFoundException
    return moto(self, filter_name, log_group_name)


@replaces(LogsBackend)
def delete_log_group(moto: Function, self: LogsBackend, log_group_name: str) -> None:
    """Drop its filters with it."""
    moto(self, log_group_name)
    kept = self.filters.metric_filters
    kept[:] = [each for each in kept if each["logGroupName"] != log_group_name]
