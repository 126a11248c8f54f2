"""Databases and what belongs to them, as the programs of the tests build them."""

from __future__ import annotations

from typing import Any, Final

from components.database.database_backups import DatabaseBackupsArgs
from components.database.postgres_database import PostgresDatabase, PostgresDatabaseArgs
from tests.engine.lint import unknown_properties
from tests.engine.outputs import ACCOUNT, REGION, arn
from tests.engine.recording import Recording, record

BACKUP_PLAN: Final = "aws:backup/plan:Plan"
BACKUP_SELECTION: Final = "aws:backup/selection:Selection"
BACKUP_VAULT: Final = "aws:backup/vault:Vault"
EVENTS: Final = "aws:rds/eventSubscription:EventSubscription"
GROUP: Final = "aws:ec2/securityGroup:SecurityGroup"
INSTANCE: Final = "aws:rds/instance:Instance"
LOG_GROUP: Final = "aws:cloudwatch/logGroup:LogGroup"
PARAMETERS: Final = "aws:rds/parameterGroup:ParameterGroup"
RANDOM_ID: Final = "random:index/randomId:RandomId"
ROLE: Final = "aws:iam/role:Role"
ROLE_POLICY: Final = "aws:iam/rolePolicy:RolePolicy"
ROTATION: Final = "aws:secretsmanager/secretRotation:SecretRotation"
SUBNETS: Final = "aws:rds/subnetGroup:SubnetGroup"
KEYS: Final = {
    name: arn("kms", f"key/{name}") for name in ("storage", "insights", "secret", "logs")
}


def database_args(**changes: Any) -> PostgresDatabaseArgs:
    values: dict[str, Any] = {
        "identifier": "turnstay-staging-general",
        "account_id": ACCOUNT,
        "region": REGION,
        "vpc_id": "vpc-1",
        "subnet_ids": ["subnet-1", "subnet-2"],
        "engine_version": "17",
        "instance_class": "db.t4g.medium",
        "storage_gib": 20,
        "max_storage_gib": 100,
        "multi_az": True,
        "master_rotation_days": 90,
        "backup_retention_days": 35,
        "backup_window": "01:00-01:30",
        "maintenance_window": "sun:02:00-sun:03:00",
        **{f"{name}_key_arn": key for name, key in KEYS.items() if name != "logs"},
        "logs_key_arn": KEYS["logs"],
        "log_retention_days": 365,
        "deletion_protection": True,
        "protect": True,
    }
    return PostgresDatabaseArgs(**(values | changes))


def database(*, preview: bool = False, **changes: Any) -> Recording:
    """One database named `general`."""

    def program() -> None:
        PostgresDatabase("general", database_args(**changes))

    return record(program, preview=preview)


def backups_args(**changes: Any) -> DatabaseBackupsArgs:
    values: dict[str, Any] = {
        "account_id": ACCOUNT,
        "region": REGION,
        "database_arns": [arn("rds", "db:turnstay-staging-general")],
        "key_arn": arn("kms", "key/vault"),
        "database_key_arns": [KEYS["storage"]],
        "retention_days": 90,
        "protect": True,
    }
    return DatabaseBackupsArgs(**(values | changes))


def misspelt(recording: Recording) -> list[str]:
    """Every property in it that the provider does not know."""
    return [path for each in recording.registrations.values() for path in unknown_properties(each)]
