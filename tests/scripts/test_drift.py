"""What the nightly look at AWS asks, and how it ends."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FAKE = '#!/bin/sh\necho "$0 $*" | sed "s#.*/##" >> asked.txt\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose Pulumi and Python write down what they are asked, and answer as the test says."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "drift.sh", tmp_path / "scripts")
    return tmp_path


def look(project: Path, *, refresh: int, groups: int | None) -> tuple[int, str]:
    """The script's exit code, and the commands that it has run; without groups, another stack manages the packages."""
    facts = "elsewhere" if groups is None else "managed"
    answers = {
        "scripts/pulumi.sh": f"exit {refresh}\n",
        ".venv/bin/python": f'case "$*" in *facts*) echo packages={facts};; *) exit {groups};; esac\n',
    }
    for name, answer in answers.items():
        (project / name).write_text(FAKE + answer)
        (project / name).chmod(0o755)
    ended = subprocess.run(  # noqa: S603 - the project's own script
        [str(project / "scripts" / "drift.sh"), "prod"],
        capture_output=True,
        check=False,
        timeout=30,
    )
    return ended.returncode, (project / "asked.txt").read_text()


@pytest.mark.parametrize(
    ("refresh", "groups", "code"),
    [
        (0, None, 0),
        (0, 0, 0),
        (7, 0, 7),
        (0, 3, 7),
        (7, 3, 7),
        (255, 3, 255),
        (0, 1, 1),
        (7, None, 7),
    ],
)
def test_a_difference_is_7_and_a_failure_is_not(
    project: Path, refresh: int, groups: int | None, code: int
) -> None:
    found, asked = look(project, refresh=refresh, groups=groups)
    assert found == code
    assert ("package_groups --stack prod" in asked) is (groups is not None)


def test_nothing_is_changed_and_no_secret_is_read(project: Path) -> None:
    _, asked = look(project, refresh=0, groups=None)
    (line,) = [each for each in asked.splitlines() if "refresh" in each]
    assert "--preview-only" in line
    assert "--exclude **secretVersion:SecretVersion::*" in line
