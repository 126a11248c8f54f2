"""From a database to an answer behind the load balancer: roles and migrations as tasks, the sample as a service."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from local.account.server import Account
from tests.local.account.balancer.front_door import FrontDoor
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.test_sample import COMMAND, SAMPLE
from tests.local.account.workbench import PORT, Json, Workbench, account_id

ROLES = """
CREATE ROLE tenant_user NOLOGIN NOINHERIT;
CREATE ROLE ledger_owner;
GRANT ledger_owner TO CURRENT_USER;
\\getenv password LOGIN_PASSWORD
CREATE ROLE ledger_migrator LOGIN PASSWORD :'password' IN ROLE ledger_owner;
CREATE ROLE ledger_app_a LOGIN NOINHERIT PASSWORD :'password' IN ROLE tenant_user;
ALTER ROLE ledger_migrator SET role = ledger_owner;
CREATE DATABASE ledger OWNER ledger_owner;
\\connect ledger
SET ROLE ledger_owner;
GRANT USAGE ON SCHEMA public TO tenant_user;
ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tenant_user;
\\echo ready
"""
PASSWORD = "a-password-of-the-test"


class Platform:
    """A database with roles and tables, and a service that uses it."""

    def __init__(self, bench: Workbench) -> None:
        self.bench, self.room, self.door = bench, ServerRoom(bench), FrontDoor(bench)
        self.database = self.room.make(DBParameterGroupName=self.room.group(log_statement="ddl"))
        shown = self.room.shown(self.database)
        self.endpoint, self.master = shown["Endpoint"], shown["MasterUserSecret"]["SecretArn"]

    def variables(self, **values: str) -> list[Json]:
        return [{"name": name, "value": value} for name, value in values.items()]

    def login(self, user: str, ssl: str) -> str:
        """Keep the URL of a login in a secret; the reference to it."""
        where = f"{self.endpoint['Address']}:{self.endpoint['Port']}"
        url = f"postgresql+asyncpg://{user}:{PASSWORD}@{where}/ledger?ssl={ssl}"
        made = self.room.secrets.create_secret(
            Name=f"{user}-{ssl}", SecretString=json.dumps({"url": url, "password": PASSWORD})
        )
        return f"{made['ARN']}:url::{made['VersionId']}"

    def run(self, container: Json) -> list[str]:
        """Run a task to a good end; what it has said."""
        arn = self.bench.run(container)
        code = self.bench.wait(arn)["containers"][0].get("exitCode")
        lines = self.bench.lines(arn)
        assert code == 0, lines
        return lines

    def set_up_roles(self) -> list[str]:
        script = 'printf "%s\\n" "$PSQL_SCRIPT" | psql --no-psqlrc --set=ON_ERROR_STOP=1 "$@"'
        return self.run(
            {
                "image": "public.ecr.aws/docker/library/postgres:17",
                "command": ["sh", "-euc", script, "psql", "--quiet"],
                "environment": self.variables(
                    PGHOST=self.endpoint["Address"],
                    PGPORT=str(self.endpoint["Port"]),
                    PGDATABASE="postgres",
                    PGSSLMODE="require",
                    PSQL_SCRIPT=ROLES,
                ),
                "secrets": [
                    {"name": "PGUSER", "valueFrom": f"{self.master}:username::"},
                    {"name": "PGPASSWORD", "valueFrom": f"{self.master}:password::"},
                    {
                        "name": "LOGIN_PASSWORD",
                        "valueFrom": self.login("ledger_app_a", "require").replace(
                            ":url:", ":password:"
                        ),
                    },
                ],
            }
        )

    def container(self, user: str, ssl: str, command: list[str]) -> Json:
        """A container of the sample image, as it is in the platform."""
        url = {"name": "DATABASE_URL", "valueFrom": self.login(user, ssl)}
        environment = self.variables(PYTHONDONTWRITEBYTECODE="1", ENVIRONMENT="staging")
        return {
            "image": "sample:1",
            "command": command,
            "secrets": [url],
            "environment": environment,
        }

    def serve(self) -> None:
        """Run the service behind the load balancer, with a database that it verifies."""
        container = self.container("ledger_app_a", "verify-full", COMMAND)
        target = {"targetGroupArn": self.door.group, "containerName": "app", "containerPort": 8000}
        definition = self.bench.define({**container, "portMappings": PORT})
        self.bench.create(definition, name="ledger", loadBalancers=[target])
        self.bench.rollout("COMPLETED", "ledger")

    def ask(self, method: str, path: str, company: int, **body: Any) -> tuple[int, Any]:
        """Ask the service as a company."""
        headers = {"X-Company-Id": str(company), "Content-Type": "application/json"}
        status, said = self.door.ask(
            method, f"/api/v1{path}", headers=headers, body=json.dumps(body) if body else None
        )
        return status, json.loads(said)


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    """All of it, once."""
    with Account(account_id(), {"^sample": SAMPLE}) as account, Workbench(account) as bench:
        made = Platform(bench)
        assert made.set_up_roles() == ["ready"]
        migrations = made.container("ledger_migrator", "require", ["alembic", "upgrade", "head"])
        assert any("Running upgrade" in line for line in made.run(migrations))
        made.serve()
        yield made


def pay(platform: Platform, company: int, reference: str) -> int:
    return platform.ask(
        "POST", "/payments", company, reference=reference, amount_cents=100, currency="ZAR"
    )[0]


def test_its_health_needs_no_company(platform: Platform) -> None:
    assert platform.door.ask(path="/health") == (200, b'{"status":"ok"}')


def test_a_company_sees_its_own_rows_and_no_others(platform: Platform) -> None:
    for company in (1, 2):
        assert platform.ask("POST", "/companies", company, name=f"company {company}")[0] == 201
        assert pay(platform, company, "the same reference") == 201
    for company in (1, 2):
        status, payments = platform.ask("GET", "/payments", company)
        assert (status, [each["company_id"] for each in payments]) == (200, [company])
        assert platform.ask("GET", "/companies", company)[1] == [
            {"id": company, "name": f"company {company}"}
        ]
    assert platform.ask("GET", "/payments", 3) == (200, [])


def test_what_cannot_be_is_refused_and_leaves_the_next_request_alone(platform: Platform) -> None:
    platform.ask("POST", "/companies", 10, name="ten")
    assert platform.ask("POST", "/companies", 10, name="again")[0] == 409
    assert pay(platform, 10, "once") == 201
    assert pay(platform, 10, "once") == 409
    assert pay(platform, 11, "nobody") == 404
    assert [each["reference"] for each in platform.ask("GET", "/payments", 10)[1]] == ["once"]


@pytest.mark.parametrize("company", ["", "0", "2147483648", "1; RESET ROLE"])
def test_a_request_without_a_company_is_refused(platform: Platform, company: str) -> None:
    headers = {"X-Company-Id": company} if company else {}
    assert platform.door.ask(path="/api/v1/payments", headers=headers)[0] == 422


def test_migrations_that_have_run_change_nothing(platform: Platform) -> None:
    again = platform.container("ledger_migrator", "verify-full", ["alembic", "upgrade", "head"])
    assert not any("Running upgrade" in line for line in platform.run(again))


def test_no_password_is_in_the_log_of_the_server(platform: Platform) -> None:
    said = platform.room.server(platform.database).log.read_text()
    assert "CREATE TABLE payments" in said
    assert platform.room.master(platform.database)["password"] not in said
