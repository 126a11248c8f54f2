"""What the rest of the local account knows about Pulumi's engine."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from semver import VersionInfo

PINNED = VersionInfo.parse("3.259.0")  # what is downloaded or built when the machine has none
# Hooks that fail an update and are not recorded as done exist since 3.241; a new major version may change anything.
OLDEST = VersionInfo.parse("3.241.0")
ACCEPTED = f">={OLDEST} <{OLDEST.major + 1}"


@dataclass(frozen=True, kw_only=True)
class Engine:
    """An executable Pulumi CLI whose version this project works with."""

    path: Path
    version: VersionInfo


class UnavailableError(Exception):
    """Why one way to an engine leads nowhere on this machine."""


def inspect(path: Path) -> Engine:
    """Return the engine at `path` if it runs and has a version that is accepted."""
    try:
        printed = subprocess.run(
            [path, "version"],
            env=os.environ | {"PULUMI_SKIP_UPDATE_CHECK": "true"},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout.strip()
        version = VersionInfo.parse(printed.removeprefix("v"))
    except subprocess.CalledProcessError as error:
        raise UnavailableError(f"{path} version ended with code {error.returncode}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(f"{path} does not run: {error}") from error
    except ValueError as error:
        raise UnavailableError(
            f"{path} version printed {printed!r}, which is no version"
        ) from error
    if version < OLDEST or version.major != OLDEST.major:
        raise UnavailableError(f"{path} is version {version}, needed is {ACCEPTED}")
    return Engine(path=path, version=version)
