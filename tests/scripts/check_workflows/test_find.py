"""Where actionlint comes from, and what is said when it comes from nowhere."""

from __future__ import annotations

import hashlib
import platform
import sys
from pathlib import Path

import pytest

from scripts.check_workflows import making
from scripts.check_workflows.actionlint import find_actionlint, on_path
from scripts.check_workflows.making import build, download
from scripts.check_workflows.tool import VERSION, UnavailableError, cache_folder


def executable(folder: Path, said: str) -> Path:
    path = folder / "actionlint"
    path.write_text(f"#!/bin/sh\necho {said}\n")
    path.chmod(0o755)
    return path


def test_the_one_on_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = executable(tmp_path, "v1.7.12")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert on_path() == path


@pytest.mark.parametrize("said", ["1.6.27", "hello", ""])
def test_one_that_is_too_old_is_not(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executable(tmp_path, said)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(UnavailableError, match=r"needed is 1\.7"):
        on_path()


def test_without_go_nothing_is_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnavailableError, match="no go on PATH"):
        build()


def test_another_archive_than_the_known_one_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    processor = making.PROCESSORS[platform.machine().lower()]
    (tmp_path / f"actionlint_{VERSION}_{sys.platform}_{processor}.tar.gz").write_bytes(
        b"something else"
    )
    with pytest.raises(UnavailableError, match="its checksum differs"):
        download(tmp_path.as_uri())
    assert not cache_folder().exists()
    monkeypatch.setitem(
        making.ARCHIVES, (sys.platform, processor), hashlib.sha256(b"something else").hexdigest()
    )
    with pytest.raises(UnavailableError, match="cannot be written"):
        download(tmp_path.as_uri())
    assert not (cache_folder() / "actionlint").exists()


def test_when_there_is_no_way_every_one_is_told() -> None:
    def nowhere() -> Path:
        raise UnavailableError("no such thing")

    with pytest.raises(UnavailableError) as error:
        find_actionlint([("PATH", nowhere), ("build", nowhere)])
    assert str(error.value).splitlines()[1:3] == [
        "  PATH:     no such thing",
        "  build:    no such thing",
    ]
    assert "install Go" in str(error.value)
