"""What an instance is told reaches its server."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.workbench import Json, until


def test_parameters_of_the_group_are_in_force_and_follow_it(room: ServerRoom) -> None:
    group = room.group(log_statement="ddl", rds__force_ssl="1", max_connections="77")
    name = room.make(DBParameterGroupName=group)
    assert room.ask(name, "SHOW log_statement") == "ddl"
    assert room.ask(name, "SHOW max_connections") == "77"
    room.set(group, log_statement="mod", max_connections="78")

    def shows(parameter: str, value: str) -> None:
        until(lambda: room.ask(name, f"SHOW {parameter}") == value or None, value)

    shows("log_statement", "mod")
    assert room.ask(name, "SHOW max_connections") == "77"
    room.rds.reboot_db_instance(DBInstanceIdentifier=name)
    assert room.ask(name, "SHOW max_connections") == "78"
    one = [{"ParameterName": "log_statement", "ApplyMethod": "immediate"}]
    room.rds.reset_db_parameter_group(DBParameterGroupName=group, Parameters=one)
    shows("log_statement", "none")
    room.modify(name, DBParameterGroupName=room.group(log_statement="all"))
    shows("log_statement", "all")
    room.modify(name, DBParameterGroupName=room.group(max_connections="many"))
    with pytest.raises(
        ClientError, match=r"\(InvalidParameterCombination\) (.|\n)*does not start: (.|\n)*many"
    ):
        room.rds.reboot_db_instance(DBInstanceIdentifier=name)
    room.delete(name)


def test_what_the_server_reports_is_in_its_log_group_as_long_as_it_is_to_be(
    room: ServerRoom,
) -> None:
    name = room.make(DBParameterGroupName=room.group(log_statement="ddl"))
    password = room.master(name)["password"]

    def found(table: str) -> list[str]:
        events: list[Json] = room.bench.logs.filter_log_events(
            logGroupName=f"/aws/rds/instance/{name}/postgresql"
        )["events"]
        assert all(password not in each["message"] for each in events)
        return [each["message"] for each in events if f"CREATE TABLE {table}" in each["message"]]

    def export(**types: list[str]) -> None:
        room.modify(name, CloudwatchLogsExportConfiguration=types)

    room.ask(name, "CREATE TABLE seen (\n  id int\n)")
    export(EnableLogTypes=["postgresql", "upgrade"])
    (entry,) = until(lambda: found("seen"), "it")
    assert "turnstay_master@postgres:[" in entry
    assert entry.endswith(")")
    export(DisableLogTypes=["postgresql"])
    room.ask(name, "CREATE TABLE unseen ()")
    room.delete(name)  # which waits for what is still to be copied
    assert found("unseen") == []


def test_the_last_words_of_a_server_are_in_its_log_group(room: ServerRoom) -> None:
    name = room.make(EnableCloudwatchLogsExports=["postgresql"])
    room.delete(name)
    events = room.bench.logs.filter_log_events(logGroupName=f"/aws/rds/instance/{name}/postgresql")
    assert "database system is shut down" in events["events"][-1]["message"]


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("12", r"PostgreSQL 12 is not on this machine, here is .*17\."),
        ("latest", "a version of PostgreSQL is a number such as 17, got 'latest'"),
    ],
)
def test_an_unknown_version_is_refused_with_the_way_out(
    room: ServerRoom, version: str, reason: str
) -> None:
    with pytest.raises(ClientError, match=f"Cannot find version for postgres: {reason}"):
        room.make(EngineVersion=version)


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
