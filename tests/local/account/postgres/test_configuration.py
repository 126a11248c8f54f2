"""What a server reads."""

from __future__ import annotations

import pytest

from local.account.postgres.configuration import access_file, parameters_file


def lines(parameters: dict[str, str]) -> list[str]:
    written = parameters_file(parameters, {"pg_stat_statements", "auto_explain"}).splitlines()
    return [each for each in written if "timezone" not in each and "log_line_prefix" not in each]


@pytest.mark.parametrize(
    ("parameters", "written"),
    [
        ({"log_statement": "ddl"}, ["log_statement = 'ddl'"]),
        ({"search_path": "a, 'b' \\"}, ["search_path = 'a, ''b'' \\\\'"]),
        ({"rds.force_ssl": "1"}, []),
        ({"max_connections": "LEAST({DBInstanceClassMemory/9531392},5000)"}, []),
        ({"shared_preload_libraries": "pgaudit"}, []),
        ({"pgaudit.log": "ddl"}, []),
        ({"auto_explain.log_min_duration": "1s"}, []),
        (
            {"shared_preload_libraries": "pgaudit, auto_explain", "auto_explain.log_timing": "on"},
            ["auto_explain.log_timing = 'on'", "shared_preload_libraries = 'auto_explain'"],
        ),
    ],
    ids=[
        "plain",
        "quotes",
        "rds",
        "formula",
        "no library",
        "its parameter",
        "not loaded",
        "loaded",
    ],
)
def test_only_what_means_something_here_is_written(
    parameters: dict[str, str], written: list[str]
) -> None:
    assert lines(parameters) == written


@pytest.mark.parametrize(
    ("force", "tls", "kind"),
    [(None, True, "hostssl"), ("1", True, "hostssl"), ("0", True, "host"), ("1", False, "host")],
    ids=["default", "forced", "not forced", "spoken elsewhere"],
)
def test_who_may_come_without_tls(force: str | None, tls: bool, kind: str) -> None:
    parameters = {"rds.force_ssl": force} if force else {}
    last = access_file(parameters, "rdsadmin", tls=tls).splitlines()[-1]
    assert last == f"{kind} all all 127.0.0.1/32 scram-sha-256"
