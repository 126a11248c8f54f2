"""RDS: an instance of PostgreSQL is a real server on this machine. moto's is a description.

Creating it returns when the server takes connections; AWS answers at once and is ready minutes later. What a change
does on AWS in the maintenance window it does here at once.
"""

from __future__ import annotations

import json
import secrets
import string
from typing import Final

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, MasterUserSecret, RDSBackend

from local.account.errors import AccountError
from local.account.gaps.patch import Function, Untyped, replaces
from local.account.gaps.rds_fields import keep
from local.account.gaps.secretsmanager import rotations
from local.account.postgres.programs import DEFAULT
from local.account.postgres.server import Server
from local.account.rds.databases import databases_of, programs_for
from local.account.rds.instances import (
    export_log,
    parameters_of,
    password_of,
    refusing,
    server_of,
    wanted_by,
)

ENGINE: Final = "postgres"
# What RDS takes for a password: all but / ' " @ and the space.
PASSWORD_SIGNS: Final = string.ascii_letters + string.digits + "!#$%&()*+,-.:;<=>?[]^_`{|}~"
PASSWORD_LENGTH: Final = 32


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
        version = programs_for(db_kwargs.get("engine_version") or str(DEFAULT)).version
    except AccountError as error:
        raise InvalidParameterCombination(f"Cannot find version for postgres: {error}") from error
    instance: DBInstance = moto(self, db_kwargs)
    instance.dbi_resource_id = f"db-{secrets.token_hex(13).upper()}"  # moto gives all the same
    instance.engine_version = version
    keep(instance, db_kwargs)
    try:
        with refusing():
            databases.start(wanted_by(instance), password_of(instance), instance.db_name)
    except BaseException:
        del self.databases[instance.db_instance_identifier]
        if instance.manage_master_user_password:
            instance.master_user_secret.delete_secret()
        raise
    _let_rotate(instance)
    export_log(instance)
    return instance


@replaces(RDSBackend)
def modify_db_instance(
    moto: Function, self: RDSBackend, db_instance_identifier: str, db_kwargs: Untyped
) -> DBInstance:
    """Take in what is new in the server too: password, parameters and whether its log is exported."""
    instance = self.describe_db_instances(db_instance_identifier)[0]
    server = server_of(instance)
    if server:
        _check_version(server, db_kwargs.pop("engine_version", None))
    managed = getattr(instance, "master_user_secret", None)
    modified: DBInstance = moto(self, db_instance_identifier, db_kwargs)
    keep(modified, db_kwargs)
    if server:
        with refusing():
            if getattr(modified, "master_user_secret", None) is not managed:
                _let_rotate(modified)
                server.set_password(password_of(modified))
            if password := db_kwargs.get("master_user_password"):
                server.set_password(password)
        server.configure(parameters_of(modified))
        export_log(modified)
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
    databases = databases_of(self.account_id)
    if databases and server_of(instance):
        if instance.manage_master_user_password:
            rotations.pop(instance.master_user_secret.secret_arn, None)
        databases.remove(instance.dbi_resource_id)
    return instance


def _let_rotate(instance: DBInstance) -> None:
    if not instance.manage_master_user_password:
        return
    secret: Untyped = instance.master_user_secret

    def rotate() -> None:
        new = secret._generate_secret_string()  # noqa: SLF001 - ours
        if server := server_of(instance):
            server.set_password(json.loads(new)["password"])
        secret.secretsmanager.put_secret_value(secret.secret_arn, new, "", "", ["AWSCURRENT"])

    rotations[secret.secret_arn] = rotate


def _check_version(server: Server, wanted: str | None) -> None:
    if wanted and str(wanted).split(".", maxsplit=1)[0] != str(server.programs.major):
        raise InvalidParameterCombination(
            f"not in the local account: an upgrade from {server.programs.version} to {wanted}; a new account has it"
        )
