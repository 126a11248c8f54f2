"""One service with a database of its own on a server of its own, wired by the components' public arguments alone."""

from __future__ import annotations

from typing import Any

import pulumi
import pulumi_aws as aws

from components.compute.cluster import Cluster, ClusterArgs
from components.compute.fargate_service import FargateService, FargateServiceArgs
from components.compute.public_image_cache import PublicImageCache, PublicImageCacheArgs
from components.compute.rollout_gate import RolloutGate, RolloutGateArgs
from components.database.database_access import DatabaseAccess, DatabaseAccessArgs
from components.database.database_login import DatabaseLogin, DatabaseLoginArgs
from components.database.log_groups import log_group_names
from components.database.login_rotation import LOGINS, active_login, password_epoch
from components.database.migrations_gate import MigrationsGate, MigrationsGateArgs
from components.database.postgres_database import PostgresDatabase, PostgresDatabaseArgs
from components.database.roles.service_roles import (
    APP_A_PASSWORD,
    APP_B_PASSWORD,
    MIGRATOR_PASSWORD,
    ROLES_SQL,
    roles_variables,
)
from components.database.roles_gate import RolesGate, RolesGateArgs
from components.keys.encryption_key import EncryptionKey, EncryptionKeyArgs
from components.keys.policies import logs_statement

config = pulumi.Config()
ACCOUNT, REGION = config.require("account"), "eu-west-1"
IMAGE = config.require_object("images").get("ledger")
ROTATION = config.get_int("rotation") or 0
MIGRATE = config.get_bool("migrate") is not False
SERVER, NAME, POSTGRES = "small-general", "ledger", "docker/library/postgres"
LOG_GROUPS = {each: f"/small/{each}" for each in (NAME, "exec", "roles", "migrations")}
TASK: Any = {"account_id": ACCOUNT, "region": REGION, "cpu_architecture": "X86_64"}

provider = aws.Provider("aws", region=REGION, allowed_account_ids=[ACCOUNT])
opts = pulumi.ResourceOptions(providers=[provider])
plain = pulumi.ResourceOptions(provider=provider)

vpc = aws.ec2.Vpc("vpc", cidr_block="10.0.0.0/16", opts=plain)
subnets = [
    aws.ec2.Subnet(
        f"subnet-{zone}",
        vpc_id=vpc.id,
        cidr_block=f"10.0.{place}.0/24",
        availability_zone=f"{REGION}{zone}",
        opts=plain,
    ).id
    for place, zone in enumerate("ab")
]
groups = [*LOG_GROUPS.values(), *log_group_names(SERVER)]
key = EncryptionKey(
    "all",
    EncryptionKeyArgs(
        alias="alias/small",
        description="Everything of the small stack",
        account_id=ACCOUNT,
        statements=[logs_statement(region=REGION, account_id=ACCOUNT, log_group_names=groups)],
        protect=False,
    ),
    opts=opts,
)
cluster = Cluster(
    "cluster",
    ClusterArgs(
        cluster_name="small",
        namespace_name="small",
        container_insights="enabled",
        exec_log_group_name=LOG_GROUPS["exec"],
        log_retention_days=365,
        logs_key_arn=key.arn,
    ),
    opts=opts,
)
images = PublicImageCache(
    "images",
    PublicImageCacheArgs(account_id=ACCOUNT, region=REGION, prefix="ecr-public"),
    opts=opts,
)
server = PostgresDatabase(
    "general",
    PostgresDatabaseArgs(
        identifier=SERVER,
        account_id=ACCOUNT,
        region=REGION,
        vpc_id=vpc.id,
        subnet_ids=subnets,
        engine_version="17",
        instance_class="db.t4g.small",
        storage_gib=20,
        max_storage_gib=40,
        multi_az=False,
        master_rotation_days=60,
        backup_retention_days=7,
        backup_window="01:00-01:30",
        maintenance_window="sun:02:00-sun:03:00",
        storage_key_arn=key.arn,
        insights_key_arn=key.arn,
        secret_key_arn=key.arn,
        logs_key_arn=key.arn,
        log_retention_days=365,
        deletion_protection=False,
        protect=False,
    ),
    opts=opts,
)


def login(name: str, epoch: int) -> DatabaseLogin:
    return DatabaseLogin(
        f"{NAME}-{name}",
        DatabaseLoginArgs(
            secret_name=f"small/{NAME}/{name}",
            username=f"{NAME}_{name}".replace("-", "_"),
            host=server.address,
            port=server.port,
            database=NAME,
            password_epoch=epoch,
            key_arn=key.arn,
            protect=False,
        ),
        opts=opts,
    )


migrator = login("migrator", ROTATION)
apps = {name: login(name, password_epoch(name, ROTATION)) for name in LOGINS}
active = apps[active_login(ROTATION)]
place: Any = {"cluster_arn": cluster.arn, "vpc_id": vpc.id, "subnet_ids": subnets}
roles = RolesGate(
    f"{NAME}-roles",
    RolesGateArgs(
        **TASK,
        **place,
        family=f"small-{NAME}-roles",
        image=images.image(POSTGRES, "17"),
        repository_arn=images.repository_arn(POSTGRES),
        host=server.address,
        port=server.port,
        server_id=server.resource_id,
        database_security_group_id=server.security_group_id,
        master_secret_arn=server.master_secret_arn,
        secret_key_arns=[key.arn],
        sql=ROLES_SQL,
        variables=roles_variables(service=NAME, database=NAME, app_connections=20),
        logins={
            MIGRATOR_PASSWORD: migrator,
            APP_A_PASSWORD: apps["app-a"],
            APP_B_PASSWORD: apps["app-b"],
        },
        log_group_name=LOG_GROUPS["roles"],
        log_retention_days=365,
        logs_key_arn=key.arn,
        timeout_seconds=60,
    ),
    opts=opts,
)


def migrated(revision: pulumi.Output[str]) -> pulumi.Output[str]:
    return MigrationsGate(
        f"{NAME}-migrations",
        MigrationsGateArgs(
            **TASK,
            **place,
            family=f"small-{NAME}-migrations",
            image=IMAGE,
            repository_arn=f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/small/{NAME}",
            command=["alembic", "upgrade", "head"],
            login=migrator,
            secret_key_arns=[key.arn],
            database=NAME,
            port=server.port,
            server_id=server.resource_id,
            database_security_group_id=server.security_group_id,
            migrate=MIGRATE,
            after=roles.ready,
            release=revision,
            log_group_name=LOG_GROUPS["migrations"],
            log_retention_days=365,
            logs_key_arn=key.arn,
            timeout_seconds=60,
        ),
        opts=opts,
    ).release


service = FargateService(
    NAME,
    FargateServiceArgs(
        **TASK,
        **place,
        service_name=NAME,
        family=f"small-{NAME}",
        cluster_name="small",
        namespace_arn=cluster.namespace_arn,
        image=IMAGE,
        release=migrated,
        command=["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"],  # noqa: S104
        secrets={"DATABASE_URL": active.url_reference},
        secret_arns=[each.secret_arn for each in apps.values()],
        secret_key_arns=[key.arn],
        cpu=256,
        memory_mib=512,
        min_tasks=1,
        max_tasks=2,
        log_group_name=LOG_GROUPS[NAME],
        log_retention_days=365,
        logs_key_arn=key.arn,
    ),
    opts=opts,
)
DatabaseAccess(
    f"{NAME}-database",
    DatabaseAccessArgs(
        client_security_group_id=service.security_group_id,
        database_security_group_id=server.security_group_id,
        port=server.port,
        description="ledger uses its database",
    ),
    opts=opts,
)
if service.service_arn is not None and service.task_definition_arn is not None:
    RolloutGate(
        f"{NAME}-rollout",
        RolloutGateArgs(
            account_id=ACCOUNT,
            region=REGION,
            cluster_arn=cluster.arn,
            service_name=NAME,
            service_arn=service.service_arn,
            task_definition_arn=service.task_definition_arn,
            deployment=service.deployment or {},
            callee_service_arns={},
            log_group_name=LOG_GROUPS[NAME],
            timeout_seconds=120,
        ),
        opts=opts,
    )
