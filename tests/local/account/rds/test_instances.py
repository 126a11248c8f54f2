"""An RDS instance is a server that one can log in to."""

from __future__ import annotations

import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError

from local.account.gaps.rds import PASSWORD_SIGNS
from local.account.server import Account
from tests.local.account.postgres.clients import VERSIONS, answer, psql
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.workbench import Json, Workbench, account_id, until


def logged_in(room: ServerRoom, name: str, sql: str, password: str | None = None) -> str:
    """Ask as the master user."""
    wanted = room.master(name)
    return answer(
        room.server(name), sql, PGUSER=wanted["username"], PGPASSWORD=password or wanted["password"]
    )


def is_refused(room: ServerRoom, name: str, password: str) -> bool:
    user = room.master(name)["username"]
    done = psql(room.server(name), "SELECT 1", PGUSER=user, PGPASSWORD=password)
    return "password authentication failed" in done.stderr


@pytest.mark.parametrize("version", sorted({str(each.major) for each in VERSIONS}))
def test_the_managed_secret_opens_an_instance_of_the_version_that_was_asked_for(
    room: ServerRoom, version: str
) -> None:
    name = room.make(EngineVersion=version)
    shown = room.shown(name)
    assert shown["EngineVersion"].split(".")[0] == version
    assert shown["DBInstanceStatus"] == "available"
    assert shown["Endpoint"]["Address"] == "127.0.0.1"
    assert logged_in(room, name, "SELECT user") == "turnstay_master"
    assert logged_in(room, name, "SHOW server_version").startswith(version)
    password = room.master(name)["password"]
    assert len(password) == 32
    assert set(password) <= set(PASSWORD_SIGNS)
    room.delete(name)


def test_a_rotated_password_is_the_one_that_opens(room: ServerRoom) -> None:
    name = room.make()
    arn = room.shown(name)["MasterUserSecret"]["SecretArn"]
    seen = [room.master(name)["password"]]
    room.modify(name, RotateMasterUserPassword=True)
    seen.append(room.master(name)["password"])
    room.secrets.rotate_secret(SecretId=arn)
    seen.append(room.master(name)["password"])
    assert len(set(seen)) == 3
    assert logged_in(room, name, "SELECT 1") == "1"
    assert is_refused(room, name, seen[1])
    previous = room.secrets.get_secret_value(SecretId=arn, VersionStage="AWSPREVIOUS")
    assert seen[1] in previous["SecretString"]
    room.delete(name)


def test_rotation_rules_are_kept_whole_and_rotate_nothing_by_themselves(room: ServerRoom) -> None:
    name = room.make()
    arn = room.shown(name)["MasterUserSecret"]["SecretArn"]
    before = room.secrets.describe_secret(SecretId=arn)
    assert before["RotationRules"] == {"AutomaticallyAfterDays": 7}
    assert before["OwningService"] == "rds"
    rules = {"ScheduleExpression": "rate(30 days)", "Duration": "2h"}
    room.secrets.rotate_secret(SecretId=arn, RotationRules=rules, RotateImmediately=False)
    after = room.secrets.describe_secret(SecretId=arn)
    assert (after["RotationRules"], after["RotationEnabled"]) == (rules, True)
    assert "RotationLambdaARN" not in after
    assert after["VersionIdsToStages"] == before["VersionIdsToStages"]
    with pytest.raises(ClientError, match="within 1-1000"):
        room.secrets.rotate_secret(SecretId=arn, RotationRules={"AutomaticallyAfterDays": 1001})
    room.secrets.cancel_rotate_secret(SecretId=arn)
    assert room.secrets.describe_secret(SecretId=arn)["RotationEnabled"] is False
    room.delete(name)


def test_a_given_password_can_be_changed_and_be_given_to_rds_to_manage(room: ServerRoom) -> None:
    name = room.make(ManageMasterUserPassword=False, MasterUserPassword="first-password")
    server = room.server(name)
    assert answer(server, "SELECT 1", PGPASSWORD="first-password") == "1"
    room.modify(name, MasterUserPassword="second-password")
    assert answer(server, "SELECT 1", PGPASSWORD="second-password") == "1"
    room.modify(name, ManageMasterUserPassword=True, MasterUserSecretKmsKeyId=room.key)
    assert logged_in(room, name, "SELECT 1") == "1"
    assert is_refused(room, name, "second-password")
    room.delete(name)


def test_a_taken_port_is_another_one_and_shows_as_the_one_that_was_asked_for(
    room: ServerRoom,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        wanted = taken.getsockname()[1]
        name = room.make(Port=wanted)
    shown = room.shown(name)
    assert shown["DbInstancePort"] == wanted
    assert shown["Endpoint"]["Port"] == room.server(name).port != wanted
    assert logged_in(room, name, "SELECT 1") == "1"
    room.delete(name)


def test_a_free_port_is_the_one_that_was_asked_for(room: ServerRoom) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        wanted = probe.getsockname()[1]
    name = room.make(Port=wanted)
    assert room.shown(name)["Endpoint"]["Port"] == wanted
    room.delete(name)


def test_several_at_once_are_servers_of_their_own(room: ServerRoom) -> None:
    with ThreadPoolExecutor(3) as pool:
        names = list(pool.map(lambda _: room.make(DBName="shop"), range(3)))
    shown = [room.shown(name) for name in names]
    assert len({each["DbiResourceId"] for each in shown}) == 3
    assert len({each["Endpoint"]["Port"] for each in shown}) == 3
    logged_in(room, names[0], "CREATE TABLE mine ()")
    assert logged_in(room, names[1], "SELECT to_regclass('mine') IS NULL") == "t"
    assert (
        logged_in(room, names[1], "SELECT count(*) FROM pg_database WHERE datname = 'shop'") == "1"
    )
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
    assert logged_in(room, name, "SELECT 1") == "1"
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


def test_a_stopped_instance_takes_nobody_and_goes_on_with_its_data(room: ServerRoom) -> None:
    name = room.make()
    logged_in(room, name, "CREATE TABLE kept ()")
    room.rds.stop_db_instance(DBInstanceIdentifier=name)
    assert psql(room.server(name), "SELECT 1").returncode != 0
    room.rds.start_db_instance(DBInstanceIdentifier=name)
    assert logged_in(room, name, "SELECT count(*) FROM kept") == "0"
    room.delete(name)


def test_parameters_of_the_group_are_in_force_and_follow_it(room: ServerRoom) -> None:
    group = room.group(log_statement="ddl", rds__force_ssl="1", max_connections="77")
    name = room.make(DBParameterGroupName=group)
    assert logged_in(room, name, "SHOW log_statement") == "ddl"
    assert logged_in(room, name, "SHOW max_connections") == "77"
    room.set(group, log_statement="mod", max_connections="78")

    def shows(parameter: str, value: str) -> None:
        until(lambda: logged_in(room, name, f"SHOW {parameter}") == value or None, value)

    shows("log_statement", "mod")
    assert logged_in(room, name, "SHOW max_connections") == "77"
    room.rds.reboot_db_instance(DBInstanceIdentifier=name)
    assert logged_in(room, name, "SHOW max_connections") == "78"
    one = [{"ParameterName": "log_statement", "ApplyMethod": "immediate"}]
    room.rds.reset_db_parameter_group(DBParameterGroupName=group, Parameters=one)
    shows("log_statement", "none")
    room.modify(name, DBParameterGroupName=room.group(log_statement="all"))
    shows("log_statement", "all")
    room.delete(name)


def test_what_the_server_reports_is_in_the_exported_log(room: ServerRoom) -> None:
    group = room.group(log_statement="ddl")
    name = room.make(DBParameterGroupName=group, EnableCloudwatchLogsExports=["postgresql"])

    def found() -> list[str]:
        events: list[Json] = room.bench.logs.filter_log_events(
            logGroupName=f"/aws/rds/instance/{name}/postgresql"
        )["events"]
        return [each["message"] for each in events]

    logged_in(room, name, "CREATE TABLE seen (\n  id int\n)")
    (entry,) = until(lambda: [each for each in found() if "CREATE TABLE seen" in each], "it")
    assert "turnstay_master@postgres:[" in entry
    assert entry.endswith(")")
    assert room.master(name)["password"] not in "\n".join(found())
    room.delete(name)


def test_an_unknown_version_is_refused_with_those_that_are_here(room: ServerRoom) -> None:
    with pytest.raises(ClientError, match=r"PostgreSQL 12 is not on this machine, here is .*17\."):
        room.make(EngineVersion="12")


def test_a_server_that_cannot_start_is_no_instance(room: ServerRoom) -> None:
    group = room.group(work_mem="plenty")
    secrets = len(room.secrets.list_secrets()["SecretList"])
    with pytest.raises(ClientError, match=r"PostgreSQL does not start: (.|\n)*plenty"):
        room.make(DBParameterGroupName=group, DBInstanceIdentifier="unborn")
    with pytest.raises(ClientError, match="DBInstanceNotFound"):
        room.shown("unborn")
    assert len(room.secrets.list_secrets()["SecretList"]) == secrets
    room.rds.delete_db_parameter_group(DBParameterGroupName=group)


def test_an_upgrade_is_refused_and_the_same_version_is_none(room: ServerRoom) -> None:
    name = room.make()
    room.modify(name, EngineVersion="17", DBInstanceClass="db.t4g.small")
    assert room.shown(name)["DBInstanceClass"] == "db.t4g.small"
    assert room.shown(name)["EngineVersion"].startswith("17.")
    with pytest.raises(ClientError, match="not in the local account: an upgrade from 17"):
        room.modify(name, EngineVersion="18", AllowMajorVersionUpgrade=True)
    room.delete(name)


def test_the_end_of_the_account_is_the_end_of_its_servers() -> None:
    with Account(account_id(), {}) as account:
        room = ServerRoom(Workbench(account))
        name = room.make()
        server = room.server(name)
        assert logged_in(room, name, "SELECT 1") == "1"
        folder = server.folder
    assert psql(server, "SELECT 1").returncode != 0
    assert not folder.parent.exists()
    left = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True, check=False)
    assert left.stdout == ""
