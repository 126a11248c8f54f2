"""The log groups that RDS writes for an instance, whose names it makes itself."""

from __future__ import annotations

from typing import Final

# All that PostgreSQL exports and that is about its work: queries and sessions, and what an upgrade did (RDS.9, RDS.36).
EXPORTED_LOGS: Final = ("postgresql", "upgrade")


def log_group_name(identifier: str, log: str) -> str:
    """The group of one of the exported logs."""
    return f"/aws/rds/instance/{identifier}/{log}"


def log_group_names(identifier: str) -> list[str]:
    """All groups of an instance: what the policy of the logs key names before they exist."""
    return [log_group_name(identifier, log) for log in EXPORTED_LOGS]
