"""What is printed in the end works as it is printed."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local.account.postgres import unprivileged
from local.account.rds.place import FOLDER
from local.account.record import Running
from local.account.server import Account
from local.report.psql import PASSWORDS, SERVICES
from local.report.report import report
from tests.local.account.balancer.front_door import FrontDoor
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.workbench import PORT, SERVE, TINY, Workbench, account_id

REGION = "eu-west-1"
PASSWORD = "p:a\\ss"


class Stack:
    """A stack `tiny` with services on the tiny image."""

    def __init__(self, bench: Workbench, folder: Path) -> None:
        self.bench, self.folder = bench, folder
        bench.cluster = "turnstay-tiny"
        bench.ecs.create_cluster(clusterName=bench.cluster, capacityProviders=["FARGATE"])
        account = bench.account
        self.account = Running(
            pid=1,
            process_mark="",
            endpoint=account.endpoint,
            balancer=account.balancer,
            boot_id="x",
            account_id=account.account_id,
            images={},
            source_digest="",
        )

    def report(self) -> str:
        return report("tiny", self.account, REGION, self.folder)

    def serve(self, name: str, secrets: list[Any], **more: Any) -> None:
        container = {"command": SERVE, "portMappings": PORT, "secrets": secrets}
        self.bench.create(self.bench.define(container), name=name, count=1, **more)
        self.bench.rollout("COMPLETED", name)


@pytest.fixture
def stack() -> Iterator[Stack]:
    folder = unprivileged.new_folder("turnstay-test-")  # the servers' user does not enter tmp_path
    with Account(account_id(), {"^tiny[:@]": TINY}, databases=folder / FOLDER) as account:
        yield Stack(Workbench(account), folder)
    shutil.rmtree(folder)


def run(line: str) -> str:
    """Run a printed line as it is."""
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_an_empty_account_has_nothing_to_try(stack: Stack) -> None:
    assert stack.report() == "no service runs yet"
    assert not (stack.folder / SERVICES).exists()


@pytest.mark.skipif(not shutil.which("curl"), reason="no curl")
def test_the_curl_line_of_each_public_host_is_answered_by_a_task(stack: Stack) -> None:
    door = FrontDoor(stack.bench)
    other = [{"Field": "host-header", "HostHeaderConfig": {"Values": ["other.example.com"]}}]
    door.rule(other, 20)
    target = {"targetGroupArn": door.group, "containerName": "app", "containerPort": 8000}
    stack.serve("turnstay-api", [], loadBalancers=[target])

    *_, first, second, total = stack.report().splitlines()

    status = "--silent --output /dev/null --write-out '%{http_code}'"
    for line, beginning, host in (
        (first, "try      ", door.host),
        (second, "         ", "other.example.com"),
    ):
        assert line.startswith(f"{beginning}curl -H 'Host: {host}' http://127.0.0.1:")
        assert run(f"{line.removeprefix(beginning)} {status}") == "200"
    assert total == "total    1 service, 1 of 1 tasks, 2 public hosts"


def test_the_psql_line_opens_the_database_of_a_service_and_shows_no_password(stack: Stack) -> None:
    room = ServerRoom(stack.bench)
    server = room.make(DBName="ledger", ManageMasterUserPassword=False, MasterUserPassword=PASSWORD)
    where = room.shown(server)["Endpoint"]
    login = {
        "username": "turnstay_master",
        "password": PASSWORD,
        "host": where["Address"],
        "port": where["Port"],
        "database": "ledger",
        "url": "postgresql+asyncpg://…",
    }
    secret = room.secrets.create_secret(Name="login", SecretString=json.dumps(login))
    reference = f"{secret['ARN']}:url::{secret['VersionId']}"
    room.secrets.put_secret_value(SecretId=secret["ARN"], SecretString='{"password": "later"}')
    stack.serve("ledger", [{"name": "DATABASE_URL", "valueFrom": reference}])
    assert stack.report().splitlines()[-2] == "         logs in as turnstay_master"
    stack.serve("recon", [{"name": "DATABASE_URL", "valueFrom": reference}])

    text = stack.report()

    lines = text.splitlines()
    heads = next(i for i, line in enumerate(lines) if line.startswith("server "))
    assert lines[heads].split() == ["server", "version", "class", "address", "databases"]
    address = f"{where['Address']}:{where['Port']}"
    version = room.shown(server)["EngineVersion"]
    assert lines[heads + 1].split() == [server, version, "db.t4g.micro", address, "ledger"]
    command = next(line for line in lines if line.startswith("try      PGSERVICEFILE="))
    assert "         logs in as turnstay_master; others: recon" in lines
    assert lines[-1].endswith("2 of 2 tasks, 0 public hosts, 1 database server, 1 database")
    assert PASSWORD not in text
    for name in (SERVICES, PASSWORDS):
        assert stat.S_IMODE((stack.folder / name).stat().st_mode) == 0o600
    assert PASSWORD not in (stack.folder / SERVICES).read_text()
    ask = f"{command.removeprefix('try      ')} -XAtc"
    assert run(f"{ask} 'SELECT user, current_database()'") == "turnstay_master|ledger\n"
    assert "sslmode=verify-full" in (stack.folder / SERVICES).read_text()


def test_secrets_that_say_no_login_are_left_out(stack: Stack) -> None:
    secrets = stack.bench.client("secretsmanager")
    for number, kept in enumerate(["", "not JSON", "[]", '{"url": "postgresql://"}']):
        given = {"SecretString": kept} if kept else {}
        arn = secrets.create_secret(Name=f"login-{number}", **given)["ARN"]
        container = {"secrets": [{"name": "DATABASE_URL", "valueFrom": arn}], "portMappings": PORT}
        stack.bench.create(stack.bench.define(container), name=f"s{number}", count=0)

    assert stack.report().splitlines()[-1].startswith("total    4 services")
    assert "psql" not in stack.report()
