"""A real server whose master sets up services exactly as the roles gate does."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from components.database.login_document import database_url
from components.database.psql_command import SCRIPT_VARIABLE, psql_command
from components.database.roles.service_roles import (
    APP_A_PASSWORD,
    APP_B_PASSWORD,
    MIGRATOR_PASSWORD,
    ROLES_SQL,
    roles_variables,
)
from local.account.postgres.programs import Programs, installed
from local.account.postgres.server import Server
from local.account.postgres.site import Site

MASTER, MASTER_PASSWORD = "turnstay_master", 'the master\'s "own" \\ password'
# All that is said to it: no setting of a server lets more into its log.
LOGS_ALL: Final = {
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_error_statement": "debug5",
    "log_error_verbosity": "verbose",
    "log_parameter_max_length_on_error": "-1",
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "top",
}
ENVIRONMENT_NAMES: Final = {
    "migrator": MIGRATOR_PASSWORD,
    "app_a": APP_A_PASSWORD,
    "app_b": APP_B_PASSWORD,
}

# One of each major version, in order: those that CI and a laptop can have.
VERSIONS: Final = sorted(
    {each.major: each for each in reversed(installed())}.values(), key=lambda each: each.major
)

# Where one version is enough: the one that stacks have.
USUAL: Final = next((each for each in VERSIONS if each.major == 17), VERSIONS[-1])


def version_id(programs: Programs) -> str:
    """How a version is called in a test's name."""
    return f"postgres-{programs.version}"


class Bench:
    """A server that runs, with the passwords that its services' logins should have."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.passwords: dict[str, str] = {}
        self._client = next(each.folder for each in installed() if each.tls)

    def password(self, login: str) -> str:
        """The password that the next run gives a login."""
        return self.passwords.setdefault(login, f"password-of-{login}-{len(self.passwords)}")

    def variables(self, service: str) -> dict[str, str]:
        """The variables of a service whose database has its name."""
        return roles_variables(service=service, database=service, app_connections=40)

    def start(
        self, service: str, variables: dict[str, str] | None = None, **environment: str
    ) -> subprocess.Popen[str]:
        """Begin to set up a service: the command of the gate in the environment of its task."""
        passwords = {
            name: self.password(f"{service}_{login}") for login, name in ENVIRONMENT_NAMES.items()
        }
        return subprocess.Popen(  # noqa: S603 - the command under test
            psql_command(variables or self.variables(service)),
            env=self._environment(MASTER, MASTER_PASSWORD, "postgres")
            | {SCRIPT_VARIABLE: ROLES_SQL, **passwords, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, service: str, variables: dict[str, str] | None = None, **environment: str) -> str:
        """Set up a service and return what is said about it; AssertionError when that fails."""
        code, output = self.attempt(service, variables, **environment)
        assert code == 0, output
        return output

    def attempt(
        self, service: str, variables: dict[str, str] | None = None, **environment: str
    ) -> tuple[int, str]:
        """Try to set up a service; the exit code and all that is said."""
        process = self.start(service, variables, **environment)
        out, error = process.communicate(timeout=60)
        return process.returncode, out + error

    def sql(
        self, sql: str, login: str = MASTER, database: str = "postgres", password: str | None = None
    ) -> str:
        """What SQL returns to a login; AssertionError with PostgreSQL's words when it is refused."""
        done = self.refused(sql, login, database, password)
        assert done is None or not done.startswith("psql:"), done
        if done is not None and "ERROR" in done:
            raise AssertionError(done)
        return self._answer

    def refused(
        self, sql: str, login: str = MASTER, database: str = "postgres", password: str | None = None
    ) -> str | None:
        """PostgreSQL's words if it refuses SQL to a login, or the login; None when it does not."""
        known = MASTER_PASSWORD if login == MASTER else self.password(login)
        done = subprocess.run(  # noqa: S603
            [self._client / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=sql,
            env=self._environment(login, password or known, database),
            capture_output=True,
            text=True,
            check=False,
        )
        self._answer = done.stdout.strip()
        return (done.stderr or "refused") if done.returncode else None

    def errors(self, first: str, statements: Iterable[str], login: str, database: str) -> list[str]:
        """PostgreSQL's errors over statements, each of which is tried whatever became of the others."""
        script = f"{first};\n\\set ON_ERROR_STOP off\n" + ";\n".join(statements) + ";"
        said = (
            self.refused(script + "\n\\set ON_ERROR_STOP on\nSELECT 1 / 0;", login, database) or ""
        ).splitlines()
        return [line for line in said if "ERROR" in line and "division by zero" not in line]

    @contextmanager
    def open(self, login: str, database: str) -> Iterator[None]:
        """A session of a login that stays."""
        process = subprocess.Popen(  # noqa: S603
            [self._client / "psql", "-XqAt"],
            env=self._environment(login, self.password(login), database),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        with process:
            assert process.stdin
            assert process.stdout
            process.stdin.write("SELECT 'here';\n")
            process.stdin.flush()
            assert process.stdout.readline() == "here\n"
            yield
            process.stdin.close()

    def administer(self, sql: str, database: str = "postgres") -> str:
        """What SQL returns to the superuser, whom nobody has on RDS."""
        return self.server.administer(f"\\connect {database}\n{sql}").strip()

    def url(self, login: str, database: str | None = None) -> str:
        """The URL as in the secret of a login."""
        return database_url(
            username=login,
            password=self.password(login),
            host="127.0.0.1",
            port=self.server.port,
            database=database or login.split("_app_", maxsplit=1)[0].removesuffix("_migrator"),
            ssl="require",
        )

    def log(self) -> str:
        """All that the server has logged."""
        return self.server.log.read_text(errors="replace")

    def _environment(self, login: str, password: str, database: str) -> dict[str, str]:
        return {
            "PATH": f"{self._client}:/usr/bin:/bin",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.server.port),
            "PGUSER": login,
            "PGPASSWORD": password,
            "PGDATABASE": database,
            "PGSSLMODE": "require",
            "PGCONNECT_TIMEOUT": "15",
        }


@contextmanager
def bench(programs: Programs, *services: str) -> Iterator[Bench]:
    """A server that runs, with services set up on it."""
    with Site.temporary() as site:
        server = Server(site, "general", programs, master=MASTER, parameters=LOGS_ALL)
        server.start(MASTER_PASSWORD, "first")
        try:
            made = Bench(server)
            for each in services:
                made.run(each)
            yield made
        finally:
            server.stop()
