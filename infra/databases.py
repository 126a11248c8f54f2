"""The PostgreSQL servers, one in each zone."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from components.database.database_backups import DatabaseBackups, DatabaseBackupsArgs
from components.database.postgres_database import PostgresDatabase, PostgresDatabaseArgs
from components.network.network import Network
from infra.keys import ZONES, ZoneKeys, build_key
from stacks import names
from stacks.database_settings import VAULT_HOUR_UTC, DatabaseSettings
from stacks.settings import StackSettings


def build_databases(
    settings: StackSettings,
    network: Network,
    keys: Mapping[str, ZoneKeys],
    opts: pulumi.ResourceOptions,
) -> Mapping[str, PostgresDatabase]:
    """A server that the general services share and one of the card service alone, by zone; and copies in a vault."""
    subnets = {"general": network.data_subnet_ids, "card": network.card_subnet_ids}
    servers = {zone: _server(settings, zone, network, subnets[zone], keys, opts) for zone in ZONES}
    if settings.databases.vault_retention_days:
        DatabaseBackups(
            "backups",
            DatabaseBackupsArgs(
                account_id=settings.account.id,
                region=settings.account.region,
                database_arns=[servers[zone].arn for zone in ZONES],
                key_arn=build_key(settings, "vault", opts).arn,
                database_key_arns=[keys[zone].storage.arn for zone in ZONES],
                retention_days=settings.databases.vault_retention_days,
                hour_utc=VAULT_HOUR_UTC,
                protect=settings.protect,
            ),
            opts=opts,
        )
    return servers


def _server(
    settings: StackSettings,
    zone: str,
    network: Network,
    subnet_ids: pulumi.Input[list[str]],
    keys: Mapping[str, ZoneKeys],
    opts: pulumi.ResourceOptions,
) -> PostgresDatabase:
    own: DatabaseSettings = getattr(settings.databases, zone)
    return PostgresDatabase(
        f"{zone}-database",
        PostgresDatabaseArgs(
            identifier=names.database_server_name(settings.stack, zone),
            account_id=settings.account.id,
            region=settings.account.region,
            vpc_id=network.vpc_id,
            subnet_ids=subnet_ids,
            engine_version=own.engine_version,
            allow_major_version_upgrade=own.allow_major_version_upgrade,
            instance_class=own.instance_class,
            storage_gib=own.storage_gib,
            max_storage_gib=own.max_storage_gib,
            multi_az=own.multi_az,
            master_rotation_days=own.master_rotation_days,
            backup_retention_days=own.backup_retention_days,
            backup_window=own.backup_window,
            maintenance_window=own.maintenance_window,
            apply_immediately=own.apply_immediately,
            storage_key_arn=keys[zone].storage.arn,
            insights_key_arn=keys[zone].insights.arn,
            secret_key_arn=keys[zone].secrets.arn,
            logs_key_arn=keys[zone].logs.arn,
            log_retention_days=settings.compute.log_retention_days,
            deletion_protection=own.deletion_protection,
            protect=settings.protect,
        ),
        opts=opts,
    )
