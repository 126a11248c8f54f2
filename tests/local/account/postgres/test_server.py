"""A real server of each version on this machine, as RDS would have it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from local.account.postgres.programs import Programs
from local.account.postgres.server import Server
from local.account.postgres.site import Site
from tests.local.account.postgres.clients import MASTER, PASSWORD, VERSIONS, answer, psql
from tests.local.account.workbench import until

PARAMETERS = {
    "log_statement": "ddl",
    "log_connections": "1",
    "rds.force_ssl": "1",
    "rds.accepted_password_auth_method": "scram",
    "max_connections": "LEAST({DBInstanceClassMemory/9531392},5000)",
    "shared_preload_libraries": "pg_stat_statements,no_such_library",
    "no_such_library.log": "ddl",
    "no_such_parameter": "on",
    "shared_buffers": "1048576",
    "statement_timeout": "900000",
}


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda each: each.version)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that runs."""
    programs: Programs = request.param
    with Site.temporary() as site:
        made = Server(site, "general", programs, master=MASTER, parameters=PARAMETERS)
        made.start(PASSWORD, "first")
        yield made
        made.stop()


def test_the_master_makes_roles_and_databases_and_is_no_superuser(server: Server) -> None:
    shown = answer(
        server,
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname = user",
    )
    assert shown == "f|t|t|f"
    assert answer(server, "SELECT pg_has_role('rds_superuser', 'MEMBER')") == "t"
    owners = "SELECT string_agg(DISTINCT pg_get_userbyid(datdba), ',') FROM pg_database WHERE datname IN ('first', 'postgres')"
    assert answer(server, owners) == MASTER
    refused = psql(server, "COPY (SELECT 1) TO PROGRAM 'true'")
    assert "pg_execute_server_program" in refused.stderr


def test_parameters_that_mean_something_here_are_in_force(server: Server) -> None:
    def shows(name: str) -> str:
        return answer(server, f"SHOW {name}")

    assert (shows("log_statement"), shows("statement_timeout")) == ("ddl", "15min")
    assert shows("shared_preload_libraries") == "pg_stat_statements"
    assert shows("shared_buffers") == "16MB"
    assert int(shows("max_connections")) > 0


def test_everybody_comes_over_tls_and_can_verify_the_server(server: Server) -> None:
    refused = psql(server, "SELECT 1", PGSSLMODE="disable")
    assert refused.returncode != 0
    assert "no encryption" in refused.stderr
    stranger = psql(server, "SELECT 1", PGSSLROOTCERT="/etc/hosts")
    assert stranger.returncode != 0
    assert answer(server, "SELECT 1", PGSSLMODE="require") == "1"


def test_the_administrator_cannot_come_by_the_network(server: Server) -> None:
    assert "rejects connection" in psql(server, "SELECT 1", PGUSER="rdsadmin").stderr


def test_a_wrong_password_is_refused_and_a_new_one_taken(server: Server) -> None:
    assert psql(server, "SELECT 1", PGPASSWORD="wrong").returncode != 0
    server.set_password("new 'one' \\")
    assert answer(server, "SELECT 1", PGPASSWORD="new 'one' \\") == "1"
    server.set_password(PASSWORD)
    assert "new 'one'" not in server.log.read_text()
    assert PASSWORD not in server.log.read_text()


def test_other_parameters_are_taken_in_while_it_runs(server: Server) -> None:
    server.configure({**PARAMETERS, "log_statement": "none", "rds.force_ssl": "0"})
    until(lambda: answer(server, "SHOW log_statement") == "none" or None, "the new parameter")
    until(
        lambda: psql(server, "SELECT 1", PGSSLMODE="disable").returncode == 0 or None, "plain text"
    )
    server.configure(PARAMETERS)
    until(lambda: answer(server, "SHOW log_statement") == "ddl" or None, "the old parameter")


def test_it_goes_on_with_its_data_and_its_port_after_a_stop(server: Server) -> None:
    answer(server, "CREATE TABLE kept AS SELECT 42 AS value")
    port = server.port
    server.stop()
    server.stop()
    assert psql(server, "SELECT 1").returncode != 0
    server.start()
    assert server.port == port
    assert answer(server, "SELECT value FROM kept") == "42"


def test_several_at_once_over_tls_are_all_answered(server: Server) -> None:
    big = "SELECT length(repeat('x', 3000000) || n) FROM generate_series(1, 3) n"
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: answer(server, big), range(24)))
    assert answers == {"3000001\n3000001\n3000001"}


@pytest.mark.parametrize("programs", VERSIONS, ids=lambda each: each.version)
def test_a_port_that_is_taken_is_another_one(programs: Programs) -> None:
    with Site.temporary() as site, socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = Server(site, "x", programs, master=MASTER, port=port)
        server.start(PASSWORD)
        assert server.port not in (0, port)
        assert answer(server, "SELECT 1") == "1"
        server.stop()
