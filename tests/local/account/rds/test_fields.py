"""What was asked of an instance is what is read back."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.local.account.rds.server_room import ServerRoom

ROLE = "arn:aws:iam::111122223333:role/monitoring"


def test_all_that_a_database_is_made_with_is_read_back(room: ServerRoom) -> None:
    asked = {
        "AllocatedStorage": 20,
        "AutoMinorVersionUpgrade": True,
        "BackupRetentionPeriod": 7,
        "CACertificateIdentifier": "rds-ca-rsa2048-g1",
        "CopyTagsToSnapshot": True,
        "DBInstanceClass": "db.t4g.medium",
        "DatabaseInsightsMode": "standard",
        "DeletionProtection": False,
        "KmsKeyId": room.key,
        "MasterUsername": "turnstay_master",
        "MaxAllocatedStorage": 50,
        "MonitoringInterval": 60,
        "MonitoringRoleArn": ROLE,
        "MultiAZ": True,
        "NetworkType": "IPV4",
        "PerformanceInsightsKMSKeyId": room.key,
        "PerformanceInsightsRetentionPeriod": 31,
        "PreferredBackupWindow": "01:00-01:30",
        "PreferredMaintenanceWindow": "sun:02:00-sun:03:00",
        "PubliclyAccessible": False,
        "StorageEncrypted": True,
        "StorageType": "gp3",
    }
    name = room.make(
        **asked,
        EnablePerformanceInsights=True,
        EnableIAMDatabaseAuthentication=True,
        EnableCloudwatchLogsExports=["postgresql", "upgrade"],
        MasterUserSecretKmsKeyId=room.key,
        Tags=[{"Key": "service", "Value": "ledger"}],
    )
    shown = room.shown(name)
    assert {each: shown[each] for each in asked} == asked
    assert shown["PerformanceInsightsEnabled"] is True
    assert shown["IAMDatabaseAuthenticationEnabled"] is True
    assert shown["EnabledCloudwatchLogsExports"] == ["postgresql", "upgrade"]
    assert shown["MasterUserSecret"]["KmsKeyId"] == room.key
    assert shown["TagList"] == [{"Key": "service", "Value": "ledger"}]
    assert shown["EnhancedMonitoringResourceArn"].endswith(shown["DbiResourceId"])
    room.delete(name)


def test_what_was_not_asked_for_is_the_default_of_rds_and_can_be_changed(room: ServerRoom) -> None:
    group = room.group()
    name = room.make(DBParameterGroupName=group)
    shown = room.shown(name)
    assert shown["PerformanceInsightsEnabled"] is False
    assert "PerformanceInsightsRetentionPeriod" not in shown
    assert (shown["MonitoringInterval"], shown["NetworkType"]) == (0, "IPV4")
    assert "EnhancedMonitoringResourceArn" not in shown
    room.modify(
        name,
        EnablePerformanceInsights=True,
        PerformanceInsightsKMSKeyId=room.key,
        MonitoringInterval=30,
        MonitoringRoleArn=ROLE,
    )
    shown = room.shown(name)
    assert shown["PerformanceInsightsEnabled"] is True
    assert shown["PerformanceInsightsRetentionPeriod"] == 7
    assert (shown["MonitoringInterval"], shown["MonitoringRoleArn"]) == (30, ROLE)
    room.modify(name, MonitoringInterval=0)
    assert "EnhancedMonitoringResourceArn" not in room.shown(name)
    assert_kept(room, group)
    room.delete(name)
    room.rds.delete_db_parameter_group(DBParameterGroupName=group)


def assert_kept(room: ServerRoom, group: str) -> None:
    """Groups that an instance has cannot be deleted."""
    with pytest.raises(ClientError, match="InvalidDBParameterGroupState"):
        room.rds.delete_db_parameter_group(DBParameterGroupName=group)
    with pytest.raises(ClientError, match="InvalidDBSubnetGroupState"):
        room.rds.delete_db_subnet_group(DBSubnetGroupName=room.subnets)


def test_parameters_say_that_a_user_has_set_them_until_they_are_reset(room: ServerRoom) -> None:
    group = room.group(log_statement="ddl", work_mem="8192")

    def user() -> set[str]:
        found = room.rds.describe_db_parameters(DBParameterGroupName=group)["Parameters"]
        return {each["ParameterName"] for each in found if each.get("Source") == "user"}

    assert user() == {"log_statement", "work_mem"}
    one = [{"ParameterName": "work_mem", "ApplyMethod": "immediate"}]
    room.rds.reset_db_parameter_group(DBParameterGroupName=group, Parameters=one)
    assert user() == {"log_statement"}
    room.rds.reset_db_parameter_group(DBParameterGroupName=group, ResetAllParameters=True)
    assert user() == set()
    with pytest.raises(ClientError, match="DBParameterGroupNotFound"):
        room.rds.reset_db_parameter_group(DBParameterGroupName="none", ResetAllParameters=True)


def test_an_event_subscription_changes_in_what_is_given(room: ServerRoom) -> None:
    topics = [
        room.bench.client("sns").create_topic(Name=name)["TopicArn"] for name in ("one", "two")
    ]
    room.rds.create_event_subscription(
        SubscriptionName="databases",
        SnsTopicArn=topics[0],
        SourceType="db-instance",
        EventCategories=["failure"],
        Enabled=True,
    )
    room.rds.modify_event_subscription(
        SubscriptionName="databases",
        SnsTopicArn=topics[1],
        EventCategories=["failure", "maintenance"],
    )
    (found,) = room.rds.describe_event_subscriptions(SubscriptionName="databases")[
        "EventSubscriptionsList"
    ]
    assert found["SnsTopicArn"] == topics[1]
    assert found["EventCategoriesList"] == ["failure", "maintenance"]
    assert (found["SourceType"], found["Enabled"]) == ("db-instance", True)
