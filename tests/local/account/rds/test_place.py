"""Data lie where the servers can go, and nothing of them stays behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.account.postgres import unprivileged
from local.account.rds.log_shipping import entries
from local.account.rds.place import ELSEWHERE, FOLDER, clear, place


@pytest.mark.parametrize("reached", [True, False])
def test_data_of_an_account_lie_in_its_state_or_are_found_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reached: bool
) -> None:
    monkeypatch.setattr(unprivileged, "reaches", lambda _: reached)
    folder = place(tmp_path)
    assert (folder == tmp_path / FOLDER) is reached
    (folder / "general").mkdir(parents=True)
    again = place(tmp_path)
    assert not (folder / "general").exists()
    again.mkdir(exist_ok=True)
    clear(tmp_path)
    assert not again.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_ours_is_not_removed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (tmp_path / ELSEWHERE).write_text(str(precious))
    clear(tmp_path)
    assert precious.exists()


def test_lines_that_belong_together_are_one_entry() -> None:
    assert entries("one\n\ttwo\n\tthree\n\nfour\n") == ["one\n\ttwo\n\tthree", "four"]
    assert entries("\tthe rest of an entry\n") == ["\tthe rest of an entry"]
