"""The command as a shell runs it, with a psql that only says what it was given."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from components.database.psql_command import SCRIPT_VARIABLE, psql_command

PSQL = """#!{python}
import json, sys
print(json.dumps([sys.argv[1:], sys.stdin.read()]))
sys.exit(3)
"""
SCRIPT = (
    "\\set owner :service _owner\nSELECT '$HOME', E'100%\\n', \"a\"; -- `id` 'ä'\n" + "x" * 70_000
)
SHELLS = [each for each in ("sh", "bash", "dash") if shutil.which(each)]


@pytest.fixture(name="path")
def _path(tmp_path: Path) -> str:
    program = tmp_path / "psql"
    program.write_text(PSQL.format(python=sys.executable))
    program.chmod(0o755)
    return f"{tmp_path}:/usr/bin:/bin"


def run(command: list[str], **environment: str) -> tuple[int, Any]:
    done = subprocess.run(  # noqa: S603 - the command under test
        command, capture_output=True, text=True, env=environment, check=False
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr


@pytest.mark.parametrize("shell", SHELLS)
def test_psql_reads_the_script_as_it_is_and_its_exit_code_is_the_tasks(
    shell: str, path: str
) -> None:
    command = psql_command({"service": "ledger", "app_connections": "40"})
    code, (arguments, script) = run([shell, *command[1:]], PATH=path, **{SCRIPT_VARIABLE: SCRIPT})
    assert code == 3
    assert script == f"{SCRIPT}\n"
    assert arguments == [
        "--no-psqlrc",
        "--set=ON_ERROR_STOP=1",
        "--set=app_connections=40",
        "--set=service=ledger",
    ]


def test_the_shell_reads_no_value_as_its_own_words(path: str) -> None:
    hostile = "x'; $(touch here) `id` \" --file=/etc/passwd"
    command = psql_command({"service": hostile})
    _, (arguments, _) = run(command, PATH=path, **{SCRIPT_VARIABLE: "\n"})
    assert arguments[-1] == f"--set=service={hostile}"


def test_without_a_script_it_fails(path: str) -> None:
    code, said = run(psql_command({}), PATH=path)
    assert code not in (0, 3)
    assert SCRIPT_VARIABLE in said
