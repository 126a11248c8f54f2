from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts/bootstrap_account.py"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [sys.executable, *arguments], capture_output=True, text=True, check=False
    )


def test_its_help_says_that_it_is_a_dry_run_and_what_the_exit_codes_mean() -> None:
    done = _run(str(SCRIPT), "--help")

    assert done.returncode == 0
    assert "Without --apply nothing is changed." in done.stdout
    assert "3 a dry run found something to do" in done.stdout


def test_another_python_than_the_projects_is_told_so_without_a_traceback() -> None:
    # -S: without the installed packages.
    done = _run("-S", str(SCRIPT), "--stack", "staging", "--account", "444455556666")

    assert done.returncode == 1
    assert "is not installed for" in done.stderr
    assert "run .venv/bin/python -m scripts.bootstrap_account" in done.stderr
    assert "Traceback" not in done.stderr
