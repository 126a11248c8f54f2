"""RDS: what was asked of an instance is read back, parameters say who set them, and subscriptions change.

moto drops what is listed here when an instance is created, and keeps some of it when it is changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from moto.core.responses import ActionResult
from moto.rds.exceptions import DBParameterGroupNotFoundError, RDSClientError
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend
from moto.rds.responses import RDSResponse

from local.account.gaps.patch import Function, Untyped, adds, replaces

Json = dict[str, Any]

# What CreateDBInstance and ModifyDBInstance call it: what DescribeDBInstances calls it.
KEPT: Final = {
    "backup_target": "backup_target",
    "database_insights_mode": "database_insights_mode",
    "dedicated_log_volume": "dedicated_log_volume",
    "enable_performance_insights": "performance_insights_enabled",
    "engine_lifecycle_support": "engine_lifecycle_support",
    "monitoring_interval": "monitoring_interval",
    "monitoring_role_arn": "monitoring_role_arn",
    "network_type": "network_type",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
}
DEFAULTS: Final = {
    "backup_target": "region",
    "customer_owned_ip_enabled": False,
    "database_insights_mode": "standard",
    "dedicated_log_volume": False,
    "engine_lifecycle_support": "open-source-rds-extended-support",
    "monitoring_interval": 0,
    "network_type": "IPV4",
    "performance_insights_enabled": False,
}
INSIGHTS_DAYS: Final = 7
LOG_GROUP: Final = "RDSOSMetrics"


def keep(instance: DBInstance, asked: Mapping[str, Any]) -> None:
    """Keep what was asked for; what was not asked for stays, and begins with AWS's default."""
    shown: Untyped = vars(instance)
    for name, value in DEFAULTS.items():
        shown.setdefault(name, value)
    shown |= {kept: asked[name] for name, kept in KEPT.items() if asked.get(name) is not None}
    if shown["performance_insights_enabled"]:
        shown.setdefault("performance_insights_retention_period", INSIGHTS_DAYS)
    if shown["monitoring_interval"]:
        stream = f"log-group:{LOG_GROUP}:log-stream:{instance.dbi_resource_id}"
        place = f"{instance.region}:{instance.account_id}"
        shown["enhanced_monitoring_resource_arn"] = f"arn:aws:logs:{place}:{stream}"
    else:
        shown.pop("enhanced_monitoring_resource_arn", None)


@replaces(DBParameterGroup, "update_parameters")
def set_by_user(moto: Function, self: DBParameterGroup, new_parameters: Untyped) -> None:
    """Say that a user has set them."""
    moto(self, [{**each, "Source": "user"} for each in new_parameters])


@adds(RDSResponse)
def reset_db_parameter_group(self: Untyped) -> ActionResult:
    """Forget the parameters that are named, or all."""
    name = self.params["DBParameterGroupName"]
    group = self.backend.db_parameter_groups.get(name)
    if not group:
        raise DBParameterGroupNotFoundError(name)
    named = [each["ParameterName"] for each in self.params.get("Parameters") or ()]
    for each in list(group.parameters) if self.params.get("ResetAllParameters") else named:
        group.parameters.pop(each, None)
    group.update_parameters([])
    return ActionResult({"DBParameterGroupName": name})


@replaces(RDSBackend)
def delete_db_parameter_group(
    moto: Function, self: RDSBackend, db_parameter_group_name: str
) -> Untyped:
    """Refuse while an instance has it."""
    if any(
        each.db_parameter_group_name == db_parameter_group_name for each in self.databases.values()
    ):
        raise RDSClientError(
            "InvalidDBParameterGroupState",
            "One or more database instances are still members of this parameter group"
            f" {db_parameter_group_name}, so the group cannot be deleted",
        )
    return moto(self, db_parameter_group_name)


@replaces(RDSBackend)
def delete_subnet_group(moto: Function, self: RDSBackend, subnet_name: str) -> Untyped:
    """Refuse while an instance has it."""
    groups = [getattr(each, "db_subnet_group", None) for each in self.databases.values()]
    if subnet_name in [each.name for each in groups if each]:
        raise RDSClientError(
            "InvalidDBSubnetGroupStateFault",
            f"Cannot delete the subnet group '{subnet_name}' because at least one database instance is still using it.",
        )
    return moto(self, subnet_name)


@adds(RDSResponse)
def modify_event_subscription(self: Untyped) -> ActionResult:
    """Change what is given."""
    name = self.params["SubscriptionName"]
    subscription = self.backend.describe_event_subscriptions(name)[0]
    for each in ("SnsTopicArn", "SourceType", "EventCategories", "Enabled"):
        if (value := self.params.get(each)) is not None:
            setattr(subscription, ATTRIBUTES[each], value)
    return ActionResult({"EventSubscription": subscription})


ATTRIBUTES: Final = {
    "SnsTopicArn": "sns_topic_arn",
    "SourceType": "source_type",
    "EventCategories": "event_categories",
    "Enabled": "enabled",
}
