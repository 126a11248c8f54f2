"""pip and Poetry, each resolving what a service needs from one index, and nothing of this machine's own settings."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LIMIT_SECONDS: Final = 120
KEPT: Final = ("PATH", "LANG", "SYSTEMROOT")  # of this machine's environment


class UnresolvedError(Exception):
    """What the installer says when there is no answer."""


def pip_resolves(folder: Path, index: str, login: tuple[str, str], *wanted: str) -> dict[str, str]:
    """Version by package, as `pip install` would take them; nothing is installed."""
    address = index.replace("http://", "http://{}:{}@".format(*login))
    settings = folder / "pip.conf"  # a token is never an argument
    settings.write_text(f"[global]\nindex-url = {address}\n")
    report = folder / "report.json"
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet", "--ignore-installed"]
    command += ["--no-cache-dir", "--disable-pip-version-check", "--report", str(report), *wanted]
    _run(command, folder, {"PIP_CONFIG_FILE": str(settings)})
    installed = json.loads(report.read_text())["install"]
    return {each["metadata"]["name"]: each["metadata"]["version"] for each in installed}


def poetry_resolves(folder: Path, poetry: Path, login: tuple[str, str]) -> dict[str, str]:
    """Version by package in the lock file of the project in the folder; every one must come from the index."""
    own = {
        "POETRY_HTTP_BASIC_CODEARTIFACT_USERNAME": login[0],
        "POETRY_HTTP_BASIC_CODEARTIFACT_PASSWORD": login[1],
        "POETRY_KEYRING_ENABLED": "false",
        **{
            f"POETRY_{each}_DIR": str(folder / each.lower()) for each in ("CONFIG", "DATA", "CACHE")
        },
    }
    _run([str(poetry), "lock", "--no-interaction", "--no-ansi"], folder, own)
    lock = tomllib.loads((folder / "poetry.lock").read_text())["package"]
    assert {each["source"]["reference"] for each in lock} == {"codeartifact"}
    return {each["name"]: each["version"] for each in lock}


@cache
def find_poetry() -> Path | None:
    """The Poetry that scripts/install_dependencies.sh would use: on PATH, or the private one that it made."""
    version = re.search(r"^POETRY_VERSION=(\S+)$", _script(), re.MULTILINE)
    assert version
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    private = cache / "turnstay-platform" / f"poetry-{version[1]}" / "bin" / "poetry"
    on_path = shutil.which("poetry")
    for each in (private, Path(on_path) if on_path else None):
        if each is not None and each.is_file() and _is_new_enough(each):
            return each
    return None


def _is_new_enough(poetry: Path) -> bool:
    said = subprocess.run(  # noqa: S603 - see above
        [poetry, "--version"], capture_output=True, text=True, check=False
    )
    return re.search(r"version ([2-9]|[1-9]\d)\.", said.stdout) is not None


def _script() -> str:
    return (ROOT / "scripts" / "install_dependencies.sh").read_text()


def _run(command: list[str], folder: Path, own: Mapping[str, str]) -> None:
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    quiet = {"HOME": str(folder), "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    ran = subprocess.run(  # noqa: S603 - installers of this machine
        command,
        cwd=folder,
        env={**kept, **quiet, **own},
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    if ran.returncode:
        raise UnresolvedError(ran.stdout + ran.stderr)
