"""What each part of a database takes of the database's inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.database.database_logs import DatabaseLogsArgs
from components.database.enhanced_monitoring import EnhancedMonitoringArgs
from components.database.instance_checks import (
    name_problems,
    period_problems,
    port_problems,
    upgrade_problems,
)
from components.database.server_parameters import ServerParametersArgs
from components.database.storage import storage_problems
from components.database.versions import version_problems
from components.database.windows import window_problems

if TYPE_CHECKING:  # the inputs are defined beside the component, which builds its parts from here
    from components.database.postgres_database import PostgresDatabaseArgs


def problems(args: PostgresDatabaseArgs) -> list[str]:
    """All that is wrong with the plain inputs; empty when nothing is."""
    return [
        *name_problems(args.identifier, args.master_username),
        *version_problems(args.engine_version),
        *upgrade_problems(
            allow_major_version_upgrade=args.allow_major_version_upgrade,
            apply_immediately=args.apply_immediately,
        ),
        *port_problems(args.port),
        *storage_problems(args.storage_gib, args.max_storage_gib),
        *window_problems(args.backup_window, args.maintenance_window),
        *period_problems(
            backup_days=args.backup_retention_days,
            monitoring_seconds=args.monitoring_interval_seconds,
            rotation_days=args.master_rotation_days,
            insights_days=args.insights_retention_days,
        ),
    ]


def logs(args: PostgresDatabaseArgs) -> DatabaseLogsArgs:
    """The log groups."""
    return DatabaseLogsArgs(
        identifier=args.identifier,
        key_arn=args.logs_key_arn,
        retention_days=args.log_retention_days,
        protect=args.protect,
        tags=args.tags,
    )


def monitoring(args: PostgresDatabaseArgs) -> EnhancedMonitoringArgs:
    """What lets RDS report on the operating system."""
    return EnhancedMonitoringArgs(
        identifier=args.identifier,
        account_id=args.account_id,
        region=args.region,
        tags=args.tags,
    )


def parameters(args: PostgresDatabaseArgs) -> ServerParametersArgs:
    """The parameter group."""
    return ServerParametersArgs(engine_version=args.engine_version, tags=args.tags)
