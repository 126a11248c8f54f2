"""Programs are found where they may be, and one that is not here is named with those that are."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from local.account.errors import AccountError
from local.account.postgres import programs as found
from local.account.rds.databases import programs_for
from tests.local.account.postgres.clients import VERSIONS


def put(folder: Path, version: str, *, tls: bool = False) -> Path:
    """Make programs that know their version."""
    folder.mkdir(parents=True)
    for name in ("initdb", "postgres", "psql"):
        path = folder / name
        kind = "OpenSSL" if tls else "none"
        path.write_text(f"#!/bin/sh\n# {kind}\necho 'postgres (PostgreSQL) {version} (Debian)'\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return folder


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nothing on it."""
    monkeypatch.setattr(found, "WHEELS", ())
    monkeypatch.setattr(found, "SYSTEM", ())
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.delenv("LOCAL_PG_BIN", raising=False)


def test_this_machine_has_17_and_18_at_least() -> None:
    assert {17, 18} <= {each.major for each in VERSIONS}


def test_the_chosen_folder_comes_before_all_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = put(tmp_path / "mine", "17.99")
    monkeypatch.setenv("LOCAL_PG_BIN", str(mine))
    assert found.programs(17).folder == mine
    assert found.programs(18).version != "17.99"


@pytest.mark.usefixtures("alone")
def test_what_is_on_the_path_is_found_and_tls_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, speaking = put(tmp_path / "a", "18.1"), put(tmp_path / "b" / "bin", "18.2", tls=True)
    monkeypatch.setenv("PATH", f"{plain}:/usr/bin:/bin")
    monkeypatch.setattr(found, "SYSTEM", (f"{tmp_path}/b/bin".lstrip("/"),))
    assert [each.folder for each in found.installed()] == [speaking, plain]
    assert found.programs(18).version == "18.2"
    assert found.newest().version == "18.2"


@pytest.mark.usefixtures("alone")
def test_a_version_that_is_not_here_is_named_with_those_that_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "LOCAL_PG_BIN", f"{put(tmp_path / 'a', '15.3')}:{put(tmp_path / 'b', '18.1')}"
    )
    with pytest.raises(
        AccountError, match=r"PostgreSQL 16 is not on this machine, here is 15\.3, 18\.1"
    ):
        found.programs(16)
    with pytest.raises(AccountError, match="PostgreSQL 14 is not"):
        programs_for("14")


@pytest.mark.usefixtures("alone")
def test_a_machine_without_any_says_so() -> None:
    with pytest.raises(AccountError, match="here is none; LOCAL_PG_BIN=FOLDER"):
        found.programs(17)


def test_a_chosen_folder_without_programs_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOCAL_PG_BIN", str(tmp_path))
    with pytest.raises(AccountError, match=r"LOCAL_PG_BIN names .*, which has no PostgreSQL"):
        found.installed()


@pytest.mark.usefixtures("alone")
def test_programs_that_do_not_run_here_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = put(tmp_path / "broken", "17.1")
    (broken / "postgres").write_bytes(b"\x7fELF of another machine")
    monkeypatch.setenv("PATH", f"{broken}:/usr/bin:/bin")
    assert found.installed() == []


@pytest.mark.usefixtures("alone")
def test_a_later_version_stands_in_for_the_default_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = f"{put(tmp_path / 'a', '15.3')}:{put(tmp_path / 'b', '18.1')}"
    monkeypatch.setenv("LOCAL_PG_BIN", both)
    assert programs_for("17").version == "18.1"
    assert programs_for("15.2").version == "15.3"
