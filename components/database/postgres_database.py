"""A PostgreSQL server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pulumi
import pulumi_aws as aws
import pulumi_random as random

from components.database import instance_parts as parts
from components.database.database_logs import DatabaseLogs
from components.database.enhanced_monitoring import EnhancedMonitoring
from components.database.log_groups import EXPORTED_LOGS
from components.database.server_parameters import ServerParameters
from components.database.storage import STORAGE_TYPE
from components.database.versions import version_warning

# Valid until 2061. Pinned: another authority is a change that clients with verify-full must know of before.
CERTIFICATE_AUTHORITY: Final = "rds-ca-rsa2048-g1"


@dataclass(frozen=True, kw_only=True)
class PostgresDatabaseArgs:
    """Inputs of PostgresDatabase."""

    identifier: str
    """Final: clients, log groups and alarms are named after it."""
    account_id: str
    region: str
    vpc_id: pulumi.Input[str]
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    """Isolated subnets, in at least two zones."""
    engine_version: str
    """The major version."""
    allow_major_version_upgrade: bool = False
    """Whether another `engine_version` upgrades the server: an outage of minutes, and no way back but a restore.
    Needs `apply_immediately`."""
    instance_class: str
    storage_gib: int
    """At creation; then it grows by itself."""
    max_storage_gib: int
    multi_az: bool
    port: int = 5433
    master_username: str = "turnstay_master"
    """Final: another one is another server."""
    master_rotation_days: int
    backup_retention_days: int
    backup_window: str
    maintenance_window: str
    apply_immediately: bool = False
    """Whether changes that restart the server do not wait for its maintenance window."""
    storage_key_arn: pulumi.Input[str]
    """Final: another one is another server."""
    insights_key_arn: pulumi.Input[str]
    """Final: AWS refuses another one."""
    insights_retention_days: int = 7
    secret_key_arn: pulumi.Input[str]
    """Of the master's password."""
    logs_key_arn: pulumi.Input[str]
    """Its policy must let CloudWatch Logs use it for the groups of log_groups.py."""
    log_retention_days: int
    monitoring_interval_seconds: int = 60
    deletion_protection: bool
    """Whether AWS refuses to delete it."""
    protect: bool
    """Whether Pulumi refuses to."""
    tags: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if problems := parts.problems(self):
            raise ValueError("; ".join(problems))


class PostgresDatabase(pulumi.ComponentResource):
    """An encrypted instance in isolated subnets that nobody reaches until DatabaseAccess lets them.

    It has no database of its own, and its master no password that this program knows: RDS keeps it, and changes it.
    Sizes, version and windows change in place; what would replace it is marked as final above.
    """

    identifier: pulumi.Output[str]
    arn: pulumi.Output[str]
    address: pulumi.Output[str]
    port: pulumi.Output[int]
    resource_id: pulumi.Output[str]
    """What IAM policies and metrics of Performance Insights call it."""
    master_secret_arn: pulumi.Output[str]
    """Deleted with the instance. Read it at the start of a job, never keep it: it rotates."""
    security_group_id: pulumi.Output[str]

    def __init__(
        self, name: str, args: PostgresDatabaseArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:database:PostgresDatabase", name, {}, opts)
        if warning := version_warning(args.engine_version):
            pulumi.log.warn(warning, self)
        child = pulumi.ResourceOptions(parent=self)

        group = aws.ec2.SecurityGroup(
            f"{name}-group",
            # Never edit the text: a description cannot change, so the group would be replaced.
            description=f"Database {args.identifier}",
            vpc_id=args.vpc_id,
            tags={**args.tags, "Name": args.identifier},
            opts=child,
        )
        instance = self._instance(name, args, group)
        master_secret_arn = instance.master_user_secrets.apply(_secret_arn)
        # Without it RDS rotates every 7 days. No Lambda: RDS does it itself.
        aws.secretsmanager.SecretRotation(
            f"{name}-master-rotation",
            secret_id=master_secret_arn,
            rotate_immediately=False,  # a roles gate may be about to use the password
            rotation_rules=aws.secretsmanager.SecretRotationRotationRulesArgs(
                automatically_after_days=args.master_rotation_days
            ),
            opts=child,
        )

        self.identifier = instance.identifier
        self.arn = instance.arn
        self.address = instance.address
        self.port = instance.port
        self.resource_id = instance.resource_id
        self.master_secret_arn = master_secret_arn
        self.security_group_id = group.id
        self.register_outputs(
            {
                "identifier": self.identifier,
                "arn": self.arn,
                "address": self.address,
                "port": self.port,
                "resource_id": self.resource_id,
                "master_secret_arn": self.master_secret_arn,
                "security_group_id": self.security_group_id,
            }
        )

    def _instance(
        self, name: str, args: PostgresDatabaseArgs, group: aws.ec2.SecurityGroup
    ) -> aws.rds.Instance:
        child = pulumi.ResourceOptions(parent=self)
        logs = DatabaseLogs(f"{name}-logs", parts.logs(args), opts=child)
        monitoring = EnhancedMonitoring(f"{name}-monitoring", parts.monitoring(args), opts=child)
        parameters = ServerParameters(f"{name}-server", parts.parameters(args), opts=child)
        subnets = aws.rds.SubnetGroup(
            f"{name}-subnets", subnet_ids=args.subnet_ids, tags=args.tags, opts=child
        )
        return aws.rds.Instance(
            f"{name}-instance",
            identifier=args.identifier,
            engine="postgres",
            engine_version=args.engine_version,
            allow_major_version_upgrade=args.allow_major_version_upgrade,
            auto_minor_version_upgrade=True,
            instance_class=args.instance_class,
            multi_az=args.multi_az,
            apply_immediately=args.apply_immediately,
            # storage
            storage_type=STORAGE_TYPE,
            allocated_storage=args.storage_gib,
            max_allocated_storage=args.max_storage_gib,
            storage_encrypted=True,
            kms_key_id=args.storage_key_arn,
            # who reaches it, and how
            db_subnet_group_name=subnets.name,
            vpc_security_group_ids=[group.id],
            port=args.port,
            publicly_accessible=False,
            ca_cert_identifier=CERTIFICATE_AUTHORITY,
            parameter_group_name=parameters.group_name,
            username=args.master_username,
            manage_master_user_password=True,
            master_user_secret_kms_key_id=args.secret_key_arn,
            iam_database_authentication_enabled=True,
            # what it leaves
            backup_retention_period=args.backup_retention_days,
            backup_window=args.backup_window,
            maintenance_window=args.maintenance_window,
            delete_automated_backups=False,  # what was deleted by mistake can be had back to the minute
            copy_tags_to_snapshot=True,
            skip_final_snapshot=False,
            final_snapshot_identifier=self._final_snapshot(name, args),
            deletion_protection=args.deletion_protection,
            # what it reports
            enabled_cloudwatch_logs_exports=list(EXPORTED_LOGS),
            monitoring_interval=args.monitoring_interval_seconds,
            monitoring_role_arn=monitoring.role_arn,
            performance_insights_enabled=True,
            performance_insights_kms_key_id=args.insights_key_arn,
            performance_insights_retention_period=args.insights_retention_days,
            tags=args.tags,
            opts=pulumi.ResourceOptions(
                parent=self,
                protect=args.protect,
                ignore_changes=["allocatedStorage"],  # it grows behind our back, and never shrinks
                depends_on=[logs, monitoring],
            ),
        )

    def _final_snapshot(self, name: str, args: PostgresDatabaseArgs) -> pulumi.Output[str]:
        """Name the snapshot that outlives the instance: new for each instance, for an old one may still have the last name."""
        suffix = random.RandomId(
            f"{name}-final-snapshot",
            byte_length=4,
            keepers={"key": args.storage_key_arn, "username": args.master_username},
            opts=pulumi.ResourceOptions(parent=self),
        )
        return pulumi.Output.concat(args.identifier, "-final-", suffix.hex)


def _secret_arn(secrets: Sequence[aws.rds.outputs.InstanceMasterUserSecret]) -> str:
    return str(secrets[0].secret_arn)
