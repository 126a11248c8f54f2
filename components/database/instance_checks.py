"""What can be wrong with the plain values of a database, all of it at once."""

from __future__ import annotations

import re
from typing import Final

IDENTIFIER: Final = re.compile(r"[a-z](?:-?[a-z0-9]+)*")
LONGEST_IDENTIFIER: Final = 63
# RDS takes 16 characters from PostgreSQL users too.
USERNAME: Final = re.compile(r"[a-z][a-z0-9_]{0,15}")
# Names that everybody tries first (RDS.25), or that RDS keeps for itself.
TAKEN_USERNAMES: Final = frozenset(
    {"admin", "administrator", "postgres", "rdsadmin", "rdsrepladmin", "rds_superuser", "root"}
)
WELL_KNOWN_PORT: Final = 5432
PORTS: Final = range(1150, 65_536)
BACKUP_DAYS: Final = range(1, 36)
MONITORING_SECONDS: Final = (1, 5, 10, 15, 30, 60)
ROTATION_DAYS: Final = range(30, 91)
INSIGHTS_DAYS: Final = (7, 731, *(31 * months for months in range(1, 24)))


def name_problems(identifier: str, username: str) -> list[str]:
    """Names that RDS or Security Hub would refuse."""
    found = []
    if not IDENTIFIER.fullmatch(identifier) or len(identifier) > LONGEST_IDENTIFIER:
        found.append(
            "identifier is at most 63 lower-case letters, digits and single hyphens, begins with a"
            f" letter and ends with none of the hyphens, got {identifier!r}"
        )
    if username in TAKEN_USERNAMES or username.startswith("pg_"):
        found.append(f"master_username is a name of your own, not {username!r} (RDS.25)")
    elif not USERNAME.fullmatch(username):
        found.append(
            "master_username is at most 16 lower-case letters, digits and underscores, and begins"
            f" with a letter, got {username!r}"
        )
    return found


def port_problems(port: int) -> list[str]:
    """A port that RDS would refuse, or that everybody tries first."""
    if port == WELL_KNOWN_PORT:
        return [f"port is not {WELL_KNOWN_PORT}, which every scanner tries (RDS.23)"]
    return [] if port in PORTS else [f"port is 1150 to 65535, got {port}"]


def period_problems(
    *, backup_days: int, monitoring_seconds: int, rotation_days: int, insights_days: int
) -> list[str]:
    """Numbers that AWS would refuse, or that switch off what must be on."""
    found = []
    if backup_days not in BACKUP_DAYS:
        found.append(f"backup_retention_days is 1 to 35, got {backup_days}: 0 means no backups")
    if monitoring_seconds not in MONITORING_SECONDS:
        allowed = ", ".join(map(str, MONITORING_SECONDS))
        found.append(f"monitoring_interval_seconds is one of {allowed}, got {monitoring_seconds}")
    if rotation_days not in ROTATION_DAYS:
        found.append(f"master_rotation_days is 30 to 90, got {rotation_days}")
    if insights_days not in INSIGHTS_DAYS:
        found.append(
            f"insights_retention_days is 7, 731 or a multiple of 31 up to 713, got {insights_days}"
        )
    return found


def upgrade_problems(*, allow_major_version_upgrade: bool, apply_immediately: bool) -> list[str]:
    """An upgrade that this program could not see through."""
    if not allow_major_version_upgrade or apply_immediately:
        return []
    return [
        (
            "allow_major_version_upgrade needs apply_immediately: a server that waits for its window keeps the old"
            " parameter group, which cannot be deleted then; upgrade at a quiet hour"
        )
    ]
