"""The PostgreSQL servers of a stack, and how a service uses its database there."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from stacks.field_types import Switch, between, matching
from stacks.postgres_classes import MEMORY_GIB
from stacks.section import Section
from stacks.wording import listed, nearest


def _instance_class(value: str) -> str:
    if value not in MEMORY_GIB:
        meant = nearest(value, MEMORY_GIB)
        hint = f"; did you mean {meant}?" if meant else f"; allowed are {listed(MEMORY_GIB)}"
        raise ValueError(f"is no instance class whose memory is known{hint}")
    return value


VAULT_HOUR_UTC: Final = 5
"""When the copies for the vault begin; AWS Backup makes none in a server's own windows, nor in the hour before one."""

_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
_DAY = "(mon|tue|wed|thu|fri|sat|sun)"


class DatabaseSettings(Section):
    """One PostgreSQL server."""

    engine_version: Literal["14", "15", "16", "17", "18"]
    """the major version, in quotes; 17 is the default choice, 14 is out of support"""
    instance_class: Annotated[str, AfterValidator(_instance_class)]
    """the class, such as db.t4g.medium; its memory decides how many connections there are"""
    storage_gib: Annotated[int, between(20, 65_536)]
    """GiB at the beginning; storage never shrinks"""
    max_storage_gib: Annotated[int, between(20, 65_536)]
    """GiB up to which storage grows by itself"""
    multi_az: Switch
    """whether a standby in another zone takes over"""
    backup_retention_days: Annotated[int, between(7, 35)]
    """days that automatic backups are kept, 7 to 35"""
    backup_window: Annotated[str, matching(f"{_TIME}-{_TIME}", "is not HH:MM-HH:MM in UTC")]
    """when backups are made, HH:MM-HH:MM in UTC"""
    maintenance_window: Annotated[
        str, matching(f"{_DAY}:{_TIME}-{_DAY}:{_TIME}", "is not ddd:HH:MM-ddd:HH:MM in UTC")
    ]
    """when AWS may restart the server, ddd:HH:MM-ddd:HH:MM in UTC"""
    master_rotation_days: Annotated[int, between(30, 90)]
    """days after which RDS changes the master password, 30 to 90"""
    deletion_protection: Switch
    """whether AWS refuses to delete the server"""
    apply_immediately: Switch = False
    """whether a change that restarts the server is made at once and not in the maintenance window"""
    allow_major_version_upgrade: Switch = False
    """whether another engine_version upgrades the server: minutes of outage, no way back but a restore"""


class DatabasesSettings(Section):
    """The servers: one for each zone of the catalogue."""

    general: DatabaseSettings
    """the server that the general services share, one database each"""
    card: DatabaseSettings
    """the server of secure_card_service alone"""
    vault_retention_days: Annotated[int, between(36, 3650)] | None = None
    """days that a daily copy is kept in a vault of AWS Backup, beyond the servers' own; none by default"""
    roles_timeout_seconds: Annotated[int, between(30, 3600)] = 300
    """seconds that `pulumi up` waits for a service's roles to be set up"""


class DatabaseUse(Section):
    """How one service uses its database."""

    pool_size: Annotated[int, between(1, 200)] = 5
    """connections that each process keeps open; 5 is SQLAlchemy's default"""
    pool_overflow: Annotated[int, between(0, 200)] = 10
    """connections that each process may open beyond these; 10 is SQLAlchemy's default"""
    rotation: Annotated[int, between(0, 100_000)] = 0
    """one more gives the idle login a new password and moves the service to it"""
    ssl: Literal["require", "verify-full"] = "require"
    """require, or verify-full once the image carries the certificate authorities of RDS"""
    migrate: Switch = True
    """false while an older image runs than the one that migrated last, which knows nothing of what it finds"""
    migrations_timeout_seconds: Annotated[int, between(30, 14_400)] = 1800
    """seconds that `pulumi up` waits for a release's migrations"""
