"""RDS: servers that stop, start and take in parameters, where they are, and what needs data that are not kept.

The port that was asked for is `DbInstancePort`; the one that the server has, which is another one if that was taken,
is in `Endpoint`.
"""

from __future__ import annotations

from typing import Any, Final

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend

from local.account.free_ports import ADDRESS
from local.account.gaps.patch import Function, Untyped, replaces
from local.account.rds.databases import databases_of
from local.account.rds.instances import parameters_of, refusing, server_of

Json = dict[str, Any]

NO_DATA: Final = "not in the local account: a snapshot has no data in it to make a database from"


@replaces(RDSBackend)
def stop_db_instance(
    moto: Function, self: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    """Stop the server; its data stay."""
    instance: DBInstance = moto(self, *given, **named)
    if server := server_of(instance):
        server.stop()
    return instance


@replaces(RDSBackend)
def start_db_instance(moto: Function, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    """Start the server again."""
    instance: DBInstance = moto(self, db_instance_identifier)
    if server := server_of(instance):
        with refusing():
            server.start()
    return instance


@replaces(RDSBackend)
def reboot_db_instance(moto: Function, self: RDSBackend, db_instance_identifier: str) -> DBInstance:
    """Restart the server, with parameters that waited for it."""
    instance: DBInstance = moto(self, db_instance_identifier)
    if server := server_of(instance):
        server.stop()
        with refusing():
            server.start()
    return instance


@replaces(DBParameterGroup)
def update_parameters(moto: Function, self: DBParameterGroup, new_parameters: Untyped) -> None:
    """Hand them to the servers that have the group."""
    moto(self, new_parameters)
    for instance in self.backend.databases.values():
        server = server_of(instance)
        if server and instance.db_parameter_group_name == self.name:
            server.configure(parameters_of(instance))


@replaces(DBInstance)
def address(moto: Function, self: DBInstance) -> str:
    """Say where the server is."""
    return ADDRESS if server_of(self) else str(moto(self))


@replaces(DBInstance)
def endpoint(moto: Function, self: DBInstance) -> Json:
    """Say the port that the server has, which may be another one than was asked for."""
    shown: Json = moto(self)
    server = server_of(self)
    return shown | {"Port": server.port} if server else shown


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


def _without_data(
    moto: Function, backend: RDSBackend, *given: Untyped, **named: Untyped
) -> DBInstance:
    if databases_of(backend.account_id):
        raise InvalidParameterCombination(NO_DATA)
    made: DBInstance = moto(backend, *given, **named)
    return made
