"""What is known of actionlint as a tool: which version, where it is kept, and whether an executable is one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

VERSION: Final = "1.7.12"
OLDEST: Final = (1, 7)
ANSWERS_WITHIN_SECONDS: Final = 10.0


class UnavailableError(Exception):
    """Why one way to actionlint leads nowhere on this machine."""


def cache_folder() -> Path:
    """Outside the tree: one for all clones."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "turnstay-platform" / "actionlint" / f"v{VERSION}"


def inspected(path: Path) -> Path:
    """The executable, if it runs and is not too old."""
    if not path.is_file():
        raise UnavailableError(f"{path} does not exist")
    said = run([str(path), "-version"], path.parent, os.environ, ANSWERS_WITHIN_SECONDS).split()
    version = said[0].removeprefix("v") if said else ""
    numbers = tuple(int(each) for each in version.split(".")[:2] if each.isdigit())
    if numbers < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise UnavailableError(f"{path} is version {version or 'unknown'}, needed is {needed}")
    return path


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], seconds: float) -> str:
    """Run a program to its end; an UnavailableError with its last line when it fails."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603 - programs of this project's choosing
            command,
            cwd=cwd,
            env=dict(environment),
            capture_output=True,
            text=True,
            timeout=seconds,
            check=True,
        )
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise UnavailableError(f"{name}: {last}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{name}: {error}") from error
    return done.stdout
