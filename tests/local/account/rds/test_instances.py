"""An RDS instance is a server as long as it is there."""

from __future__ import annotations

import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError

from local.account.server import Account
from tests.local.account.postgres.clients import psql
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.workbench import Workbench, account_id


def test_a_taken_port_is_another_one_and_shows_as_the_one_that_was_asked_for(
    room: ServerRoom,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = taken.getsockname()[1]
        name = room.make(Port=wanted)
    shown = room.shown(name)
    assert shown["DbInstancePort"] == wanted
    assert shown["Endpoint"]["Port"] == room.server(name).port != wanted
    assert room.ask(name, "SELECT 1") == "1"
    room.delete(name)


def test_several_at_once_are_servers_of_their_own(room: ServerRoom) -> None:
    with ThreadPoolExecutor(2) as pool:
        names = list(pool.map(lambda _: room.make(DBName="shop"), range(2)))
    shown = [room.shown(name) for name in names]
    assert len({each["DbiResourceId"] for each in shown}) == 2
    assert len({each["Endpoint"]["Port"] for each in shown}) == 2
    room.ask(names[0], "CREATE TABLE mine ()")
    assert room.ask(names[1], "SELECT to_regclass('mine') IS NULL") == "t"
    assert room.ask(names[1], "SELECT count(*) FROM pg_database WHERE datname = 'shop'") == "1"
    for name in names:
        room.delete(name)


def test_deletion_ends_the_server_and_leaves_the_final_snapshot(room: ServerRoom) -> None:
    name = room.make(DeletionProtection=True)
    server, secret = room.server(name), room.shown(name)["MasterUserSecret"]["SecretArn"]
    with pytest.raises(ClientError, match="disable deletion protection"):
        room.delete(name)
    room.modify(name, DeletionProtection=False)
    with pytest.raises(ClientError, match="FinalDBSnapshotIdentifier is required"):
        room.rds.delete_db_instance(DBInstanceIdentifier=name, SkipFinalSnapshot=False)
    assert room.ask(name, "SELECT 1") == "1"
    room.rds.delete_db_instance(
        DBInstanceIdentifier=name, FinalDBSnapshotIdentifier=f"{name}-final"
    )
    assert psql(server, "SELECT 1").returncode != 0
    assert not server.folder.exists()
    with pytest.raises(ClientError, match="DBInstanceNotFound"):
        room.shown(name)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        room.secrets.describe_secret(SecretId=secret)
    snapshots = room.rds.describe_db_snapshots(DBSnapshotIdentifier=f"{name}-final")["DBSnapshots"]
    assert [each["DBInstanceIdentifier"] for each in snapshots] == [name]
    with pytest.raises(ClientError, match="a snapshot has no data in it"):
        room.rds.restore_db_instance_from_db_snapshot(
            DBInstanceIdentifier="restored", DBSnapshotIdentifier=f"{name}-final"
        )


def test_a_stopped_instance_takes_nobody_and_goes_on_with_its_data_and_its_port(
    room: ServerRoom,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        wanted = probe.getsockname()[1]
    name = room.make(Port=wanted)
    assert room.shown(name)["Endpoint"]["Port"] == wanted
    room.ask(name, "CREATE TABLE kept ()")
    room.rds.stop_db_instance(DBInstanceIdentifier=name)
    assert psql(room.server(name), "SELECT 1").returncode != 0
    room.rds.start_db_instance(DBInstanceIdentifier=name)
    assert room.shown(name)["Endpoint"]["Port"] == wanted
    assert room.ask(name, "SELECT count(*) FROM kept") == "0"
    room.delete(name)


def test_the_end_of_an_account_is_the_end_of_its_servers_and_of_no_others(
    room: ServerRoom,
) -> None:
    name = room.make()
    with Account(account_id(), {}) as account:
        other = ServerRoom(Workbench(account))
        other.make(DBInstanceIdentifier=name)
        assert other.ask(name, "SELECT 1") == "1"
        server = other.server(name)
        folder = server.folder
    assert psql(server, "SELECT 1").returncode != 0
    assert not folder.parent.exists()
    left = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True, check=False)
    assert left.stdout == ""
    assert room.ask(name, "SELECT 1") == "1"
    room.delete(name)
