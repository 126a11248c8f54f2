"""What a person reads who mistypes, has no engine, or has no room: a message and an exit code, no traceback."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from local.cli import main
from local.commands import COMMANDS
from local.lock import alone
from local.state import state_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the real settings of both stacks."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    for name in ("Pulumi.yaml", "Pulumi.prod.yaml", "Pulumi.staging.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def told(clone: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main([*arguments, "--project", str(clone)])
    captured = capsys.readouterr()
    assert "Traceback" not in captured.out + captured.err
    return code, captured.out


@pytest.mark.parametrize("command", ["up", "preview", "destroy", "status"])
def test_a_stack_that_does_not_exist_is_answered_with_those_that_do(
    clone: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    code, output = told(clone, capsys, command, "--stack", "porduction")

    assert code == 1
    assert output == "no stack 'porduction'; there are prod, staging\n"
    assert not (clone / ".local").exists()


def test_all_mistakes_of_a_stack_file_are_told_at_once_before_anything_starts(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = clone / "Pulumi.staging.yaml"
    text = file.read_text().replace("10.20.0.0/16", "10.20.0.0/30")
    file.write_text(text.replace('id: "444455556666"', "id: 4444"))

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert output.startswith("Pulumi.staging.yaml: 2 mistakes\n")
    assert "account.id" in output
    assert "network.cidr" in output
    assert not (clone / ".local").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "Pulumi.yaml cannot be read: No such file"),
        ("name: [", "Pulumi.yaml is no YAML: "),
        ("runtime: python\n", "Pulumi.yaml has no name of a project"),
    ],
)
def test_a_project_file_that_is_none_is_named(
    clone: Path, capsys: pytest.CaptureFixture[str], text: str | None, message: str
) -> None:
    file = clone / "Pulumi.yaml"
    file.unlink()
    if text is not None:
        file.write_text(text)

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert message in output


def test_without_an_engine_the_ways_out_are_told_and_no_account_is_started(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(clone))
    monkeypatch.setenv("XDG_CACHE_HOME", str(clone / "cache"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert output.startswith("no pulumi engine is to be had on this machine")
    for way in ("PATH:     no pulumi", "cache:    ", "download: ", "build:    no go on PATH"):
        assert f"  {way}" in output
    assert not (state_of(clone, "staging").folder / "account.json").exists()


def test_a_stack_that_another_command_works_on_is_left_alone(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone(state_of(clone, "staging"), "up"):
        for command in ("up", "preview", "destroy", "down"):
            code, output = told(clone, capsys, command, "--stack", "staging")
            assert code == 1
            assert output.startswith("staging is in use by up, process ")


def test_state_that_cannot_be_written_is_told_with_the_way_out(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (clone / "taken").touch()
    monkeypatch.setenv("TURNSTAY_LOCAL", str(clone / "taken"))

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert "taken/staging cannot be written to: Not a directory; free it" in output
    assert "TURNSTAY_LOCAL" in output


def test_a_disk_that_fills_up_on_the_way_is_told_the_same_way(
    clone: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = state_of(clone, "staging")
    state.prepare()
    (state.folder / "probe").symlink_to("/dev/full")

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert "cannot be written to: No space left on device; free it" in output


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT])
def test_no_room_in_the_middle_of_a_command_is_told_the_same_way(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fill(*_: object) -> int:
        raise OSError(number, os.strerror(number), "/somewhere")

    monkeypatch.setitem(COMMANDS, "up", fill)

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert output.startswith(f"{clone}/.local cannot be written to: {os.strerror(number)}; free it")


def test_nothing_is_up_is_an_answer(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(clone, capsys, "down") == (0, "nothing is up\n")
    assert told(clone, capsys, "status", "--stack", "prod") == (
        1,
        "prod is not up; make up STACK=prod brings it up\n",
    )


def test_an_error_of_our_own_is_one_line_and_a_file(
    clone: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COMMANDS, "up", lambda *_: int("no number"))

    code, output = told(clone, capsys, "up")

    assert code == 1
    assert output.startswith("internal error: ValueError: invalid literal")
    log = Path(output.split(" is in ")[1].strip())
    assert "Traceback" in log.read_text()
    log.unlink()


def test_the_command_line_explains_itself() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "local", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "{up,preview,status,destroy,down}" in shown.stdout
