"""What is particular to databases: a real server behind an instance, waiting for it, and what a deletion leaves."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from local.provider.aws import Aws, Clients
from local.provider.errors import PartlyCreatedError, ProviderError
from local.provider.resources.rds_instance import Instance
from tests.local.provider.case import Case, World, changed
from tests.local.provider.cases_databases import DATABASES, instance_inputs
from tests.local.provider.cases_ground import GROUND
from tests.local.provider.cases_network import NETWORK
from tests.local.provider.driver import Driver, Props, RefusedError, Resource

CASES: dict[str, Case] = {**DATABASES, **GROUND, **NETWORK}
INSTANCE = "aws:rds/instance:Instance"
GROUP = "aws:rds/parameterGroup:ParameterGroup"


@pytest.fixture(scope="module")
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def inputs(driver: Driver, taken_port: int) -> Props:
    return {**instance_inputs(World(driver, CASES)), "port": taken_port}


@pytest.fixture(scope="module")
def instance(driver: Driver, inputs: Props) -> Resource:
    return driver.create(INSTANCE, "database", inputs)


def test_clients_get_the_port_of_the_server_and_the_program_keeps_the_one_it_asked_for(
    driver: Driver, instance: Resource, inputs: Props, taken_port: int
) -> None:
    address, port = instance.outputs["address"], instance.outputs["port"]
    assert port != taken_port
    assert instance.outputs["endpoint"] == f"{address}:{port}"
    socket.create_connection((address, port), timeout=10).close()
    found = driver.refresh(instance)
    assert found is not None
    assert found.inputs == instance.inputs
    assert found.outputs == instance.outputs
    assert driver.diff(found, inputs).changed == []
    assert driver.diff(found, {**inputs, "port": port}).changed == ["port"]


def test_a_major_version_is_whichever_minor_one_the_server_has(
    driver: Driver, instance: Resource, inputs: Props
) -> None:
    assert instance.outputs["engineVersion"] == "17"
    assert instance.outputs["engineVersionActual"].startswith("17.")
    upgrade = driver.diff(instance, {**inputs, "engineVersion": "18"})
    assert upgrade.changed == ["engineVersion"]
    assert upgrade.replacing == []
    imported = driver.refresh(Resource(instance.urn, INSTANCE, "database", instance.id))
    assert imported is not None
    assert imported.inputs["engineVersion"] == instance.outputs["engineVersionActual"]
    assert imported.inputs["port"] == inputs["port"]


def test_the_masters_password_is_in_a_secret_of_rds_and_nowhere_in_the_state(
    instance: Resource, inputs: Props, aws: Callable[[str], Any]
) -> None:
    (secret,) = instance.outputs["masterUserSecrets"]
    assert secret["kmsKeyId"] == inputs["masterUserSecretKmsKeyId"]
    value = aws("secretsmanager").get_secret_value(SecretId=secret["secretArn"])["SecretString"]
    assert inputs["username"] in value
    assert "password" not in instance.outputs


def test_another_name_is_the_same_instance(
    driver: Driver, instance: Resource, inputs: Props, aws: Callable[[str], Any]
) -> None:
    renamed = {**inputs, "identifier": "turnstay-renamed"}
    assert driver.diff(instance, renamed).replacing == []
    after = driver.update(instance, renamed)
    assert after.outputs["identifier"] == "turnstay-renamed"
    assert after.outputs["resourceId"] == instance.id == instance.outputs["resourceId"]
    aws("rds").describe_db_instances(DBInstanceIdentifier="turnstay-renamed")
    assert driver.update(after, inputs).outputs == instance.outputs


def test_what_is_protected_is_not_deleted(
    driver: Driver, instance: Resource, inputs: Props
) -> None:
    protected = driver.update(instance, {**inputs, "deletionProtection": True})
    with pytest.raises(RefusedError, match=f"deleting {INSTANCE} .*: DeleteDBInstance: Invalid"):
        driver.delete(protected)
    assert driver.refresh(protected) is not None
    driver.update(protected, inputs)


def test_a_deletion_says_whether_it_leaves_a_snapshot(
    driver: Driver, instance: Resource, inputs: Props
) -> None:
    silent = driver.update(instance, changed(inputs, {"finalSnapshotIdentifier": None}))
    with pytest.raises(RefusedError, match="finalSnapshotIdentifier is required unless skipFinal"):
        driver.delete(silent)
    assert driver.refresh(silent) is not None


def test_a_deleted_instance_leaves_its_last_snapshot_and_is_gone(
    driver: Driver, inputs: Props, aws: Callable[[str], Any]
) -> None:
    # An engine that is no server here: its description is all there is.
    described = {**inputs, "engine": "mysql", "engineVersion": "8.0", "identifier": "described"}
    described["finalSnapshotIdentifier"] = "last"
    described.pop("manageMasterUserPassword")
    described.pop("masterUserSecretKmsKeyId")
    made = driver.create(INSTANCE, "described", described)
    driver.delete(made)
    assert driver.refresh(made) is None
    snapshots = aws("rds").describe_db_snapshots(DBInstanceIdentifier="described")["DBSnapshots"]
    assert "last" in {each["DBSnapshotIdentifier"] for each in snapshots}


def test_another_version_gets_its_parameters_before_it_leaves_the_old_ones(driver: Driver) -> None:
    made = driver.create(GROUP, "server", {"family": "postgres17"})
    change = driver.diff(made, {"family": "postgres18"})
    assert change.replacing == ["family"]
    assert not change.delete_first


class Account:
    """An account in which an instance has one status after the other, and then always the last."""

    def __init__(self, *statuses: str) -> None:
        self.statuses = list(statuses)
        self.exceptions = self
        self.ClientError = KeyError  # nothing that is raised here
        self.requests: list[Props] = []

    def __call__(self, _: str) -> Account:
        return self

    def create_db_instance(self, **_: Any) -> Props:
        return {"DBInstance": {"DbiResourceId": "db-A"}}

    def modify_db_instance(self, **request: Any) -> None:
        self.requests.append(request)

    def delete_db_instance(self, **request: Any) -> None:
        self.requests.append(request)
        self.statuses = [""]

    def describe_db_instances(self, **_: Any) -> Props:
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if not status:
            return {"DBInstances": []}
        found = {"DBInstanceIdentifier": "slow", "DbiResourceId": "db-A"}
        return {"DBInstances": [{**found, "DBInstanceStatus": status}]}


def slow(account: Account, patience_seconds: float | None = None) -> Aws:
    clients = Clients("eu-west-1")
    clients._clients["rds"] = account
    return Aws(clients, patience_seconds=patience_seconds)


WANTED = {"identifier": "slow", "tagsAll": {}}


def test_an_instance_is_waited_for_until_it_takes_connections() -> None:
    account = Account("creating", "creating", "backing-up", "configuring-log-exports", "available")
    assert Instance().create(slow(account), WANTED) == "db-A"
    assert account.statuses == ["available"]


def test_an_instance_that_takes_too_long_is_recorded_all_the_same() -> None:
    with pytest.raises(PartlyCreatedError) as failed:
        Instance().create(slow(Account("creating"), patience_seconds=0.1), WANTED)
    assert failed.value.identity == "db-A"
    assert str(failed.value.__cause__) == "database slow available did not happen within 0 seconds"


def test_an_interrupt_ends_the_waiting_for_an_instance() -> None:
    aws = slow(Account("creating"))
    aws.clients.cancelled.set()
    with pytest.raises(PartlyCreatedError) as failed:
        Instance().create(aws, WANTED)
    cause = cast(ProviderError, failed.value.__cause__)
    assert str(cause) == "cancelled while waiting: database slow available"


@pytest.mark.parametrize(("given", "sent"), [({}, False), ({"applyImmediately": True}, True)])
def test_a_change_waits_for_the_maintenance_window_unless_the_program_says_now(
    given: Props, sent: bool
) -> None:
    account = Account("available")
    before = {"identifier": "slow", "engineVersion": "17", "port": 5433}
    after = {**before, "engineVersion": "18", "allowMajorVersionUpgrade": True, **given}
    Instance().update(slow(account), "db-A", before, after)
    assert account.requests == [
        {
            "DBInstanceIdentifier": "slow",
            "ApplyImmediately": sent,
            "EngineVersion": "18",
            "AllowMajorVersionUpgrade": True,
        }
    ]


def test_what_only_steers_the_provider_is_no_change_of_an_instance() -> None:
    account = Account("available")
    after = {"identifier": "slow", "skipFinalSnapshot": True}
    Instance().update(slow(account), "db-A", {"identifier": "slow"}, after)
    assert account.requests == []


@pytest.mark.parametrize(
    ("state", "sent"),
    [
        (
            {"skipFinalSnapshot": True, "finalSnapshotIdentifier": "last"},
            {"SkipFinalSnapshot": True, "DeleteAutomatedBackups": True},
        ),
        (
            {"finalSnapshotIdentifier": "last", "deleteAutomatedBackups": False},
            {
                "SkipFinalSnapshot": False,
                "FinalDBSnapshotIdentifier": "last",
                "DeleteAutomatedBackups": False,
            },
        ),
    ],
)
def test_a_deletion_keeps_what_the_program_wants_kept(state: Props, sent: Props) -> None:
    account = Account("available")
    Instance().delete(slow(account), "db-A", state)
    assert account.requests == [{"DBInstanceIdentifier": "slow", **sent}]
