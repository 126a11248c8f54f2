"""Executables by which the engine starts the stand-in providers with this Python."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from local.state import State

MODULES = {
    "aws": "local.provider",
    "awsx": "local.provider.awsx",
    "random": "local.provider.random",
}


def write_plugins(state: State) -> dict[str, Path]:
    """Write one folder a provider, as the engine looks for them; its name -> the folder."""
    source = Path(__file__).parents[1]
    folders = {}
    for name, module in MODULES.items():
        folder = state.plugins / name
        folder.mkdir(exist_ok=True)
        executable = folder / f"pulumi-resource-{name}"
        # exec: the process that the engine starts and ends is the provider itself.
        executable.write_text(
            f"#!/bin/sh\nPYTHONPATH={shlex.quote(str(source))} "
            f'exec {shlex.quote(sys.executable)} -m local.provider.start {module} "$@"\n'
        )
        executable.chmod(0o755)
        folders[name] = folder
    return folders
