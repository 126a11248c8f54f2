"""Where a server's data begin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from local.account.errors import AccountError
from local.account.postgres import configuration, data_folder, unprivileged
from local.account.postgres.programs import Programs
from local.account.postgres.site import Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site.temporary() as made:
        yield made


def programs(site: Site, initdb: str) -> Programs:
    """Programs whose initdb is a script."""
    folder = site.folder / "scripts"
    folder.mkdir(exist_ok=True)
    (folder / "initdb").write_text(f"#!/bin/sh\n{initdb}\n")
    (folder / "initdb").chmod(0o755)
    made = Programs(folder=folder, version="17.1", tls=True)
    vars(made).update(libraries=frozenset(), parameters=frozenset({"log_statement"}))
    return made


def test_the_second_one_is_a_copy_of_the_first_with_a_certificate_of_its_own(site: Site) -> None:
    once = f'mkdir {site.folder}/a/once 2>/dev/null; touch "$2/PG_VERSION"; echo $$ > "$2/mark"'
    known = programs(site, once)
    for name in ("a", "b"):
        data_folder.make(site.folder / name / "data", known, site)
    first, second = (site.folder / name / "data" for name in ("a", "b"))
    assert (first / "mark").read_text() == (second / "mark").read_text()
    assert (first / "server.key").read_text() != (second / "server.key").read_text()
    assert f"include = '{configuration.FILE}'" in (second / "postgresql.conf").read_text()


def test_one_that_cannot_be_made_is_refused_every_time_with_the_reason(site: Site) -> None:
    known = programs(site, "echo no room >&2; exit 1")
    for _ in range(2):
        with pytest.raises(AccountError, match="makes no data folder: no room"):
            data_folder.make(site.folder / "a" / "data", known, site)
    data_folder.make(site.folder / "a" / "data", programs(site, "exit 0"), site)


def test_what_is_passed_over_is_in_the_log(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    data = site.folder / "general" / "data"
    data.mkdir(parents=True)
    parameters = {"log_statement": "ddl", "pgaudit.log": "ddl"}
    data_folder.configure(data, programs(site, "exit 0"), parameters)
    (record,) = caplog.records
    assert record.getMessage() == "general: pgaudit.log is not in force here: pgaudit not loaded"


def test_programs_that_cannot_be_reached_are_copied_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unprivileged, "reaches", lambda _: False)
    there, here = tmp_path / "install" / "bin", tmp_path / "copy"
    there.mkdir(parents=True)
    (there / "postgres").write_text("first")
    assert unprivileged.reachable_copy(there, here) == here / "bin"
    (there / "postgres").write_text("second")
    unprivileged.reachable_copy(there, here)
    assert (here / "bin" / "postgres").read_text() == "first"
