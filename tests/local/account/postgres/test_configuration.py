"""What a server reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from local.account.postgres.configuration import (
    DEFAULTS,
    access_file,
    parameters_file,
    passed_over,
)
from local.account.postgres.programs import Programs

PROGRAMS = Programs(folder=Path("/nowhere"), version="17.1", tls=True)
vars(PROGRAMS).update(
    libraries={"pg_stat_statements", "auto_explain"},
    parameters={"log_statement", "search_path", "max_connections", "datestyle", "shared_buffers"},
)


def lines(parameters: dict[str, str]) -> list[str]:
    written = parameters_file(parameters, PROGRAMS).splitlines()
    return [each for each in written if each.partition(" ")[0] not in DEFAULTS]


@pytest.mark.parametrize(
    ("parameters", "written"),
    [
        ({"log_statement": "ddl"}, ["log_statement = 'ddl'"]),
        ({"DateStyle": "ISO"}, ["DateStyle = 'ISO'"]),
        ({"search_path": "a, 'b' \\"}, ["search_path = 'a, ''b'' \\\\'"]),
        (
            {"shared_preload_libraries": "pgaudit, auto_explain", "auto_explain.log_timing": "on"},
            ["auto_explain.log_timing = 'on'", "shared_preload_libraries = 'auto_explain'"],
        ),
    ],
    ids=["plain", "capitals", "quotes", "of a library"],
)
def test_what_means_something_here_is_written(
    parameters: dict[str, str], written: list[str]
) -> None:
    assert lines(parameters) == written


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("rds.log_retention_period", "1440", "RDS's own"),
        ("max_connections", "LEAST({DBInstanceClassMemory/9531392},5000)", "sized for an instance"),
        ("shared_buffers", "1048576", "sized for an instance class"),
        ("shared_preload_libraries", "pgaudit", "pgaudit not on this machine"),
        ("pgaudit.log", "ddl", "pgaudit not loaded"),
        ("auto_explain.log_timing", "on", "auto_explain not loaded"),
        ("transaction_timeout", "1", r"unknown to PostgreSQL 17\.1"),
    ],
)
def test_what_means_nothing_here_is_left_out_with_a_reason(
    name: str, value: str, reason: str
) -> None:
    assert lines({name: value}) == []
    (said,) = passed_over({name: value, "log_statement": "ddl"}, PROGRAMS).items()
    assert said[0] == name
    assert re.match(reason, said[1])


def test_of_several_libraries_those_that_are_lacking_are_named() -> None:
    parameters = {"shared_preload_libraries": "pgaudit,auto_explain,pg_cron", "rds.force_ssl": "1"}
    assert passed_over(parameters, PROGRAMS) == {
        "shared_preload_libraries": "pgaudit, pg_cron not on this machine"
    }


def test_memory_is_not_sized_as_on_a_server_of_its_own() -> None:
    assert "shared_buffers = '16MB'" in parameters_file({"shared_buffers": "1048576"}, PROGRAMS)


@pytest.mark.parametrize(
    ("force", "tls", "kind"),
    [(None, True, "hostssl"), ("1", True, "hostssl"), ("0", True, "host"), ("1", False, "host")],
    ids=["default", "forced", "not forced", "spoken elsewhere"],
)
def test_who_may_come_without_tls(force: str | None, tls: bool, kind: str) -> None:
    parameters = {"rds.force_ssl": force} if force else {}
    last = access_file(parameters, "rdsadmin", tls=tls).splitlines()[-1]
    assert last == f"{kind} all all 127.0.0.1/32 scram-sha-256"
