"""RDS: an instance of PostgreSQL is a real server on this machine. moto's is a description.

Creating it returns when the server takes connections; AWS answers at once and is ready minutes later. What a change
does on AWS in the maintenance window it does here at once. The port that was asked for is `DbInstancePort`; the one
that the server has, which is another one if that was taken, is in `Endpoint`.
"""

from __future__ import annotations

import json
import secrets
import string
from typing import Any, Final

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, DBParameterGroup, MasterUserSecret, RDSBackend

from local.account.errors import AccountError
from local.account.gaps.patch import Function, Untyped, replaces
from local.account.gaps.rds_fields import keep
from local.account.gaps.secretsmanager import rotations
from local.account.postgres.server import Server
from local.account.rds.databases import Wanted, databases_of, programs_for

Json = dict[str, Any]

ADDRESS: Final = "127.0.0.1"
ENGINE: Final = "postgres"
EXPORTED: Final = "postgresql"  # the log that servers here write
# What RDS takes for a password: all but / ' " @ and the space.
PASSWORD_SIGNS: Final = string.ascii_letters + string.digits + "!#$%&()*+,-.:;<=>?[]^_`{|}~"
PASSWORD_LENGTH: Final = 32
NO_DATA: Final = "not in the local account: a snapshot has no data in it to make a database from"


@replaces(MasterUserSecret)
def _generate_secret_string(_moto: Function, self: Untyped) -> str:
    """Make a new password, for the master user that the instance has."""
    password = "".join(secrets.choice(PASSWORD_SIGNS) for _ in range(PASSWORD_LENGTH))
    return json.dumps({"username": self.resource.master_username, "password": password})


@replaces(RDSBackend)
def create_db_instance(moto: Function, self: RDSBackend, db_kwargs: Untyped) -> DBInstance:
    """Start a server for it; there is no instance when there can be no server."""
    databases = databases_of(self.account_id)
    if not databases or db_kwargs.get("engine") != ENGINE or db_kwargs.get("db_cluster_identifier"):
        made: DBInstance = moto(self, db_kwargs)
        return made
    try:
        version = programs_for(db_kwargs.get("engine_version") or "17").version
    except AccountError as error:
        raise InvalidParameterCombination(f"Cannot find version for postgres: {error}") from error
    instance: DBInstance = moto(self, db_kwargs)
    instance.dbi_resource_id = f"db-{secrets.token_hex(13).upper()}"  # moto gives all the same
    instance.engine_version = version
    keep(instance, db_kwargs)
    wanted = _wanted(instance)
    try:
        databases.start(wanted, _password(instance), instance.db_name)
    except AccountError as error:
        del self.databases[instance.db_instance_identifier]
        if instance.manage_master_user_password:
            instance.master_user_secret.delete_secret()
        raise InvalidParameterCombination(str(error)) from error
    _let_rotate(instance)
    if EXPORTED in instance.enabled_cloudwatch_logs_exports:
        group = f"/aws/rds/instance/{instance.db_instance_identifier}/{EXPORTED}"
        databases.ship_logs(wanted, group)
    return instance


@replaces(RDSBackend)
def modify_db_instance(
    moto: Function, self: RDSBackend, db_instance_identifier: str, db_kwargs: Untyped
) -> DBInstance:
    """Take in what is new in the server too: password and parameters."""
    instance = self.describe_db_instances(db_instance_identifier)[0]
    server = _server(instance)
    if server:
        _check_version(server, db_kwargs.pop("engine_version", None))
    managed = getattr(instance, "master_user_secret", None)
    modified: DBInstance = moto(self, db_instance_identifier, db_kwargs)
    keep(modified, db_kwargs)
    if server:
        if getattr(modified, "master_user_secret", None) is not managed:
            _let_rotate(modified)
            server.set_password(_password(modified))
        if password := db_kwargs.get("master_user_password"):
            server.set_password(password)
        server.configure(_parameters(modified))
    return modified


@replaces(RDSBackend)
def delete_db_instance(
    moto: Function, self: RDSBackend, db_instance_identifier: str, **options: Untyped
) -> DBInstance:
    """End the server with it. The final snapshot is a description: the data are gone."""
    if not options.get("skip_final_snapshot") and not options.get("final_db_snapshot_identifier"):
        raise InvalidParameterCombination(
            "FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified."
        )
    instance: DBInstance = moto(self, db_instance_identifier, **options)
    if _server(instance):
        if instance.manage_master_user_password:
            rotations.pop(instance.master_user_secret.secret_arn, None)
        databases = databases_of(self.account_id)
        if databases:
            databases.remove(instance.dbi_resource_id)
    return instance


@replaces(RDSBackend)
def stop_db_instance(
    moto: Function, self: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    """Stop the server; its data stay."""
    instance: DBInstance = moto(self, *given, **named)
    if server := _server(instance):
        server.stop()
    return instance


@replaces(RDSBackend)
def start_db_instance(moto: Function, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    """Start the server again."""
    instance: DBInstance = moto(self, db_instance_identifier)
    if server := _server(instance):
        server.start()
    return instance


@replaces(RDSBackend)
def reboot_db_instance(moto: Function, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    """Restart the server, with parameters that waited for it."""
    instance: DBInstance = moto(self, db_instance_identifier)
    if server := _server(instance):
        server.stop()
        server.start()
    return instance


@replaces(DBParameterGroup)
def update_parameters(moto: Function, self: DBParameterGroup, new_parameters: Untyped) -> None:
    """Hand them to the servers that have the group."""
    moto(self, new_parameters)
    apply_parameters(self)


@replaces(RDSBackend)
def restore_db_instance_from_db_snapshot(
    moto: Function, self: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    """Refuse: there is nothing to restore."""
    return _without_data(moto, self, *given, **named)


@replaces(RDSBackend)
def restore_db_instance_to_point_in_time(
    moto: Function, self: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    """Refuse, as above."""
    return _without_data(moto, self, *given, **named)


@replaces(RDSBackend)
def create_db_instance_read_replica(
    moto: Function, self: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    """Refuse, as above."""
    return _without_data(moto, self, *given, **named)


@replaces(DBInstance)
def address(moto: Function, self: DBInstance) -> str:
    """Say where the server is."""
    return ADDRESS if _server(self) else str(moto(self))


@replaces(DBInstance)
def endpoint(moto: Function, self: DBInstance) -> Json:
    """Say the port that the server has, which may be another one than was asked for."""
    shown: Json = moto(self)
    server = _server(self)
    return shown | {"Port": server.port} if server else shown


def apply_parameters(group: DBParameterGroup) -> None:
    """Hand the parameters of a group to the servers that have it."""
    for instance in group.backend.databases.values():
        server = _server(instance)
        if server and instance.db_parameter_group_name == group.name:
            server.configure(_parameters(instance))


def _without_data(
    moto: Function, backend: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    if databases_of(backend.account_id):
        raise InvalidParameterCombination(NO_DATA)
    made: DBInstance = moto(backend, *given, **named)
    return made


def _server(instance: DBInstance) -> Server | None:
    databases = databases_of(instance.account_id)
    return databases.of(instance.dbi_resource_id) if databases else None


def _wanted(instance: DBInstance) -> Wanted:
    return Wanted(
        resource_id=instance.dbi_resource_id,
        identifier=instance.db_instance_identifier,
        region=instance.region,
        version=instance.engine_version,
        master=str(instance.master_username),
        port=int(instance.port or 0),
        parameters=_parameters(instance),
    )


def _parameters(instance: DBInstance) -> dict[str, str]:
    name = instance.db_parameter_group_name
    group = instance.backend.db_parameter_groups.get(name) if name else None
    found = group.parameters if group else {}
    return {
        each: str(found[each]["ParameterValue"])
        for each in found
        if "ParameterValue" in found[each]
    }


def _password(instance: Untyped) -> str:
    if not instance.manage_master_user_password:
        return str(instance._master_user_password)  # noqa: SLF001 - moto does not tell it otherwise
    secret = instance.master_user_secret
    value = secret.secretsmanager.get_secret_value(secret.secret_arn, "", "AWSCURRENT")
    return str(json.loads(value["SecretString"])["password"])


def _let_rotate(instance: DBInstance) -> None:
    if not instance.manage_master_user_password:
        return
    secret: Untyped = instance.master_user_secret

    def rotate() -> None:
        new = secret._generate_secret_string()  # noqa: SLF001 - ours
        if server := _server(instance):
            server.set_password(json.loads(new)["password"])
        secret.secretsmanager.put_secret_value(secret.secret_arn, new, "", "", ["AWSCURRENT"])

    rotations[secret.secret_arn] = rotate


def _check_version(server: Server, wanted: str | None) -> None:
    if wanted and int(str(wanted).split(".")[0]) != server.programs.major:
        raise InvalidParameterCombination(
            f"not in the local account: an upgrade from {server.programs.version} to {wanted}; a new account has it"
        )
