"""The types of the databases: instances and what stands beside them, events, backups, and the cache of images."""

from __future__ import annotations

from typing import Any

from tests.local.provider.case import Case, Need, fresh
from tests.local.provider.cases_ground import allow
from tests.local.provider.driver import Props


def _parameter(name: str, value: str, method: str = "immediate") -> dict[str, str]:
    return {"name": name, "value": value, "applyMethod": method}


DDL = _parameter("log_statement", "ddl")
TERSE = _parameter("log_error_verbosity", "terse")
SSL = _parameter("rds.force_ssl", "1", "pending-reboot")
# More than RDS takes in one call.
MANY = [_parameter(f"parameter_{number}", "1") for number in range(25)]


def instance_inputs(need: Need) -> Props:
    """What the platform says of a database, but for its port."""
    key = need("key").outputs["arn"]
    return {
        "identifier": fresh("turnstay-test-#"),
        "engine": "postgres",
        "engineVersion": "17",
        "allowMajorVersionUpgrade": False,
        "autoMinorVersionUpgrade": True,
        "instanceClass": "db.t4g.micro",
        "multiAz": True,
        "applyImmediately": False,
        "storageType": "gp3",
        "allocatedStorage": 20,
        "maxAllocatedStorage": 100,
        "storageEncrypted": True,
        "kmsKeyId": key,
        "dbSubnetGroupName": need("db subnet group").id,
        "vpcSecurityGroupIds": [need("security group").id],
        "publiclyAccessible": False,
        "caCertIdentifier": "rds-ca-rsa2048-g1",
        "parameterGroupName": need("parameter group").id,
        "username": "turnstay_master",
        "manageMasterUserPassword": True,
        "masterUserSecretKmsKeyId": key,
        "iamDatabaseAuthenticationEnabled": True,
        "backupRetentionPeriod": 35,
        "backupWindow": "01:00-01:30",
        "maintenanceWindow": "sun:03:00-sun:03:30",
        "deleteAutomatedBackups": False,
        "copyTagsToSnapshot": True,
        "skipFinalSnapshot": False,
        "finalSnapshotIdentifier": fresh("final-#"),
        "deletionProtection": False,
        "enabledCloudwatchLogsExports": ["postgresql", "upgrade"],
        "monitoringInterval": 60,
        "monitoringRoleArn": need("role").outputs["arn"],
        "performanceInsightsEnabled": True,
        "performanceInsightsKmsKeyId": key,
        "performanceInsightsRetentionPeriod": 7,
        "tags": {"Name": "general"},
    }


def _daily(**more: Any) -> dict[str, Any]:
    return {
        "ruleName": "daily",
        "targetVaultName": "vault",
        "schedule": "cron(0 5 * * ? *)",
        "lifecycle": {"deleteAfter": 60},
        **more,
    }


DATABASES: dict[str, Case] = {
    "instance": Case(
        type="aws:rds/instance:Instance",
        inputs=instance_inputs,
        updates=(
            {"allocatedStorage": 40, "instanceClass": "db.t4g.small", "applyImmediately": True},
            {"enabledCloudwatchLogsExports": ["postgresql"], "backupRetentionPeriod": 7},
            {"performanceInsightsRetentionPeriod": 31, "monitoringInterval": 30},
            {"backupWindow": "02:00-02:30", "tags": {"Name": "card"}},
        ),
        replaces=({"username": "other"}, {"kmsKeyId": "arn:aws:kms:::key/other"}),
        drift=lambda aws, instance: aws("rds").modify_db_instance(
            DBInstanceIdentifier=instance.outputs["identifier"], BackupRetentionPeriod=1
        ),
        drifted="backupRetentionPeriod",
    ),
    "parameter group": Case(
        type="aws:rds/parameterGroup:ParameterGroup",
        inputs=lambda _: {"family": "postgres17", "parameters": [SSL, DDL]},
        updates=(
            {"parameters": [DDL, TERSE]},
            {"parameters": [*MANY, SSL]},
            {"parameters": None},
            {"tags": {"Name": "server"}},
        ),
        replaces=({"family": "postgres18"}, {"name": "other"}, {"description": "other"}),
        drift=lambda aws, group: aws("rds").modify_db_parameter_group(
            DBParameterGroupName=group.id,
            Parameters=[
                {
                    "ParameterName": "log_statement",
                    "ParameterValue": "all",
                    "ApplyMethod": "immediate",
                }
            ],
        ),
        drifted="parameters",
    ),
    "db subnet group": Case(
        type="aws:rds/subnetGroup:SubnetGroup",
        inputs=lambda need: {"subnetIds": [need("subnet").id, need("subnet of zone b").id]},
        updates=({"tags": {"Name": "isolated"}},),
        replaces=({"name": "other"},),
        drift=lambda aws, group: aws("rds").delete_db_subnet_group(DBSubnetGroupName=group.id),
    ),
    "event subscription": Case(
        type="aws:rds/eventSubscription:EventSubscription",
        inputs=lambda need: {
            "snsTopic": need("topic").id,
            "sourceType": "db-instance",
            "eventCategories": ["failure", "configuration change"],
            "enabled": True,
            "tags": {"Name": "events"},
        },
        updates=({"eventCategories": ["maintenance"]}, {"enabled": False}, {"tags": None}),
        replaces=({"name": "other"},),
        drift=lambda aws, subscription: aws("rds").modify_event_subscription(
            SubscriptionName=subscription.id, Enabled=False
        ),
        drifted="enabled",
    ),
    "topic": Case(
        type="aws:sns/topic:Topic",
        inputs=lambda need: {
            "name": fresh("turnstay-alerts-#"),
            "kmsMasterKeyId": need("key").outputs["arn"],
        },
        updates=({"displayName": "alerts"}, {"kmsMasterKeyId": None}, {"tags": {"Name": "a"}}),
        replaces=({"name": "other"},),
        drift=lambda aws, topic: aws("sns").set_topic_attributes(
            TopicArn=topic.id, AttributeName="KmsMasterKeyId", AttributeValue="alias/aws/sns"
        ),
        drifted="kmsMasterKeyId",
    ),
    "topic policy": Case(
        type="aws:sns/topicPolicy:TopicPolicy",
        inputs=lambda need: {"arn": need("topic").id, "policy": _publish("events.rds", need)},
        updates=({"policy": '{"Version": "2012-10-17", "Statement": []}'},),
        replaces=({"arn": "arn:aws:sns:::other"},),
        drift=lambda aws, policy: aws("sns").set_topic_attributes(
            TopicArn=policy.id,
            AttributeName="Policy",
            AttributeValue='{"Version": "2012-10-17", "Statement": []}',
        ),
        drifted="policy",
        stays=True,
    ),
    "vault": Case(
        type="aws:backup/vault:Vault",
        inputs=lambda need: {"kmsKeyArn": need("key").outputs["arn"], "forceDestroy": True},
        updates=({"forceDestroy": False}, {"tags": {"Name": "vault"}}),
        replaces=({"name": "other"}, {"kmsKeyArn": "arn:aws:kms:::key/other"}),
        drift=lambda aws, vault: aws("backup").delete_backup_vault(BackupVaultName=vault.id),
    ),
    "plan": Case(
        type="aws:backup/plan:Plan",
        inputs=lambda _: {"rules": [_daily()], "tags": {"Name": "plan"}},
        updates=(
            {"rules": [_daily(lifecycle={"deleteAfter": 90})]},
            {"rules": [_daily(startWindow=120), _daily(ruleName="again")]},
            {"tags": None},
        ),
        replaces=({"name": "other"},),
        drift=lambda aws, plan: aws("backup").delete_backup_plan(BackupPlanId=plan.id),
    ),
    "backup selection": Case(
        type="aws:backup/selection:Selection",
        inputs=lambda need: {
            "planId": need("plan").id,
            "iamRoleArn": need("role").outputs["arn"],
            "resources": ["arn:aws:rds:eu-west-1:111122223333:db:general"],
        },
        replaces=({"resources": ["arn:aws:rds:::db:other"]}, {"iamRoleArn": "arn:aws:iam::role"}),
        drift=lambda aws, selection: aws("backup").delete_backup_selection(
            BackupPlanId=selection.outputs["planId"], SelectionId=selection.id
        ),
    ),
    "pull through cache rule": Case(
        type="aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
        inputs=lambda _: {
            "ecrRepositoryPrefix": fresh("cache-#"),
            "upstreamRegistryUrl": "public.ecr.aws",
        },
        replaces=({"ecrRepositoryPrefix": "other"}, {"upstreamRegistryUrl": "quay.io"}),
        drift=lambda aws, rule: aws("ecr").delete_pull_through_cache_rule(
            ecrRepositoryPrefix=rule.id
        ),
    ),
}


def _publish(service: str, need: Need) -> str:
    return allow(
        "sns:Publish",
        Resource=need("topic").id,
        Principal={"Service": f"{service}.amazonaws.com"},
    )
