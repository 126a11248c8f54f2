"""CloudWatch Logs: data protection policies, and log groups that are refused as on AWS.

moto has no data protection, takes any retention, and takes any key for a log group.
"""

from __future__ import annotations

import json
from typing import Any, Final

from moto.core.utils import unix_time_millis
from moto.kms.models import kms_backends
from moto.logs.exceptions import InvalidParameterException, ResourceNotFoundException
from moto.logs.models import LogGroup, LogsBackend
from moto.logs.responses import LogsResponse

from local.account.gaps.patch import Function, Untyped, adds, parameter, replaces

# fmt: off
RETENTIONS: Final = (
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
)
# fmt: on


@adds(LogsResponse)
def put_data_protection_policy(self: LogsResponse) -> str:
    """Keep the policy of a log group; nothing that is logged here is masked by it."""
    group = _group(self)
    document = parameter(self, "policyDocument")
    group.data_protection = {"policyDocument": document, "lastUpdatedTime": int(unix_time_millis())}
    return _data_protection(self, group)


@adds(LogsResponse)
def get_data_protection_policy(self: LogsResponse) -> str:
    """Return the policy of a log group, or none."""
    return _data_protection(self, _group(self))


@adds(LogsResponse)
def delete_data_protection_policy(self: LogsResponse) -> str:
    """Drop the policy of a log group."""
    _group(self).data_protection = {}
    return ""


@replaces(LogGroup)
def to_describe_dict(moto: Function, self: LogGroup) -> dict[str, Any]:
    """Say the class and the data protection too."""
    shown: dict[str, Any] = {"logGroupClass": "STANDARD"} | moto(self)
    if getattr(self, "data_protection", None):
        shown["dataProtectionStatus"] = "ACTIVATED"
    return shown


@replaces(LogsBackend)
def put_retention_policy(moto: Function, self: LogsBackend, log_group_name: str, days: int) -> None:
    """Refuse a number of days that CloudWatch does not offer."""
    if int(days) not in RETENTIONS:
        raise InvalidParameterException(
            constraint=f"Member must satisfy enum value set: {list(RETENTIONS)}",
            parameter="retentionInDays",
            value=str(days),
        )
    moto(self, log_group_name, days)


@replaces(LogsBackend)
def create_log_group(
    moto: Function, self: LogsBackend, log_group_name: str, tags: Untyped, **more: Untyped
) -> LogGroup:
    """Refuse a key that does not exist, or whose policy does not let CloudWatch Logs use it."""
    if key := more.get("kmsKeyId"):
        _check_key(self, log_group_name, key)
    group: LogGroup = moto(self, log_group_name, tags, **more)
    return group


def _check_key(backend: LogsBackend, name: str, arn: str) -> None:
    key = kms_backends[backend.account_id][backend.region_name].keys.get(arn.rpartition("/")[2])
    if not key or f"logs.{backend.region_name}.amazonaws.com" not in str(key.policy):
        group = f"arn:aws:logs:{backend.region_name}:{backend.account_id}:log-group:{name}"
        raise InvalidParameterException(
            msg=f"The specified KMS key does not exist or is not allowed to be used with Arn '{group}'"
        )


def _group(response: LogsResponse) -> Untyped:
    identifier = parameter(response, "logGroupIdentifier")
    name = identifier.split(":log-group:")[-1].removesuffix(":*")
    if group := response.logs_backend.groups.get(name):
        return group
    raise ResourceNotFoundException


def _data_protection(response: LogsResponse, group: Untyped) -> str:
    identifier = parameter(response, "logGroupIdentifier")
    return json.dumps({"logGroupIdentifier": identifier, **getattr(group, "data_protection", {})})
