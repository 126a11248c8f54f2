"""What moto's description of an instance says to its server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance

from local.account.errors import AccountError
from local.account.postgres.server import Server
from local.account.rds.databases import Wanted, databases_of

Untyped: TypeAlias = Any  # what moto gives attributes to without declaring them

EXPORTED: Final = "postgresql"  # the log that servers here write


@contextmanager
def refusing() -> Iterator[None]:
    """Let the account refuse, in RDS's way, what it cannot do."""
    try:
        yield
    except AccountError as error:
        raise InvalidParameterCombination(str(error)) from error


def server_of(instance: DBInstance) -> Server | None:
    """Find the server of an instance; None for one that is a description only."""
    databases = databases_of(instance.account_id)
    return databases.of(instance.dbi_resource_id) if databases else None


def wanted_by(instance: DBInstance) -> Wanted:
    """Say what an instance asks of its server."""
    return Wanted(
        resource_id=instance.dbi_resource_id,
        identifier=instance.db_instance_identifier,
        region=instance.region,
        version=instance.engine_version,
        master=str(instance.master_username),
        port=int(instance.port or 0),
        parameters=parameters_of(instance),
    )


def parameters_of(instance: DBInstance) -> dict[str, str]:
    """Return the parameters of an instance's group that have a value."""
    name = instance.db_parameter_group_name
    group = instance.backend.db_parameter_groups.get(name) if name else None
    found = group.parameters if group else {}
    return {
        each: str(found[each]["ParameterValue"])
        for each in found
        if "ParameterValue" in found[each]
    }


def password_of(instance: Untyped) -> str:
    """Return the password that the master user of an instance is to have."""
    if not instance.manage_master_user_password:
        return str(instance._master_user_password)  # noqa: SLF001 - moto does not tell it otherwise
    secret = instance.master_user_secret
    value = secret.secretsmanager.get_secret_value(secret.secret_arn, "", "AWSCURRENT")
    return str(json.loads(value["SecretString"])["password"])


def export_log(instance: DBInstance) -> None:
    """Copy what the server of an instance reports to CloudWatch Logs, or no more, as the instance says."""
    databases = databases_of(instance.account_id)
    if not databases or not server_of(instance):
        return
    if EXPORTED in instance.enabled_cloudwatch_logs_exports:
        group = f"/aws/rds/instance/{instance.db_instance_identifier}/{EXPORTED}"
        databases.ship_logs(wanted_by(instance), group)
    else:
        databases.keep_logs(instance.dbi_resource_id)
