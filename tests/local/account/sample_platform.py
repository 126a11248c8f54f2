"""A database with its roles, and the sample as a service behind a load balancer."""

from __future__ import annotations

import json
from typing import Any

from tests.local.account.balancer.front_door import FrontDoor
from tests.local.account.rds.server_room import ServerRoom
from tests.local.account.test_sample import COMMAND
from tests.local.account.workbench import PORT, Json, Workbench

ROLES = """
CREATE ROLE tenant_user NOLOGIN NOINHERIT;
CREATE ROLE ledger_owner;
GRANT ledger_owner TO CURRENT_USER;
\\getenv password LOGIN_PASSWORD
CREATE ROLE ledger_migrator LOGIN PASSWORD :'password' IN ROLE ledger_owner;
CREATE ROLE ledger_app_a LOGIN NOINHERIT PASSWORD :'password' IN ROLE tenant_user;
CREATE ROLE ledger_reports LOGIN PASSWORD :'password';
ALTER ROLE ledger_migrator SET role = ledger_owner;
CREATE DATABASE ledger OWNER ledger_owner;
\\connect ledger
SET ROLE ledger_owner;
GRANT USAGE ON SCHEMA public TO tenant_user, ledger_reports;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO ledger_reports;
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
