"""Who has the password of the master user is the master user."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from local.account.gaps.rds import PASSWORD_SIGNS
from tests.local.account.postgres.clients import VERSIONS, answer, psql
from tests.local.account.rds.server_room import ServerRoom


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
    assert room.ask(name, "SELECT user") == "turnstay_master"
    assert room.ask(name, "SHOW server_version").startswith(version)
    password = room.master(name)["password"]
    assert len(password) == 32
    assert set(password) <= set(PASSWORD_SIGNS)
    room.delete(name)


@pytest.fixture(scope="module")
def name(room: ServerRoom) -> str:
    """An instance whose password RDS manages."""
    return room.make()


def test_a_rotated_password_is_the_one_that_opens(room: ServerRoom, name: str) -> None:
    arn = room.shown(name)["MasterUserSecret"]["SecretArn"]
    seen = [room.master(name)["password"]]
    room.modify(name, RotateMasterUserPassword=True)
    seen.append(room.master(name)["password"])
    room.secrets.rotate_secret(SecretId=arn)
    seen.append(room.master(name)["password"])
    assert len(set(seen)) == 3
    assert room.ask(name, "SELECT 1") == "1"
    assert is_refused(room, name, seen[1])
    previous = room.secrets.get_secret_value(SecretId=arn, VersionStage="AWSPREVIOUS")
    assert seen[1] in previous["SecretString"]


def test_rotation_rules_are_kept_whole_and_rotate_nothing_by_themselves(
    room: ServerRoom, name: str
) -> None:
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


def test_a_given_password_can_be_changed_and_be_given_to_rds_to_manage(room: ServerRoom) -> None:
    name = room.make(ManageMasterUserPassword=False, MasterUserPassword="first-password")
    server = room.server(name)
    assert answer(server, "SELECT 1", PGPASSWORD="first-password") == "1"
    room.modify(name, MasterUserPassword="second-password")
    assert answer(server, "SELECT 1", PGPASSWORD="second-password") == "1"
    room.modify(name, ManageMasterUserPassword=True, MasterUserSecretKmsKeyId=room.key)
    assert room.ask(name, "SELECT 1") == "1"
    assert is_refused(room, name, "second-password")
    room.delete(name)
