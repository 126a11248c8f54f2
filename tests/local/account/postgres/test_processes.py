"""Whose process a server is, and what is left of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from local.account.errors import AccountError
from local.account.identity import started
from local.account.leftovers import Journal
from local.account.postgres.server import Server
from local.account.postgres.site import Site
from tests.local.account.postgres.clients import MASTER, PASSWORD, VERSIONS


def test_a_server_that_is_removed_leaves_nothing(tmp_path: Path) -> None:
    with Site.temporary(Journal(tmp_path / "tasks")) as site:
        server = Server(site, "x", VERSIONS[0], master=MASTER)
        server.start(PASSWORD)
        (file,) = (tmp_path / "tasks").iterdir()
        assert started(int(file.name)) == file.read_text()
        server.remove()
        assert not list((tmp_path / "tasks").iterdir())
        assert not server.folder.exists()
        assert started(int(file.name)) is None
        folder = site.folder
    assert not folder.exists()


def test_a_server_that_does_not_start_says_why_and_leaves_nothing_running(tmp_path: Path) -> None:
    with Site.temporary(Journal(tmp_path / "tasks")) as site:
        server = Server(site, "x", VERSIONS[0], master=MASTER, parameters={"work_mem": "plenty"})
        with pytest.raises(AccountError, match=r'does not start: (.|\n)*"work_mem": "plenty"'):
            server.start(PASSWORD)
        assert not list((tmp_path / "tasks").iterdir())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to be somebody else")
def test_root_runs_it_as_nobody(tmp_path: Path) -> None:
    with Site.temporary(Journal(tmp_path / "tasks")) as site:
        server = Server(site, "x", VERSIONS[0], master=MASTER)
        server.start(PASSWORD)
        (file,) = (tmp_path / "tasks").iterdir()
        assert Path(f"/proc/{file.name}").stat().st_uid != 0
        server.stop()
