"""Pulumi's own build of the engine, from Pulumi's own server."""

from __future__ import annotations

import os
import sys
import urllib.error
import urllib.request
from pathlib import Path

from local.engine import cache, child
from local.engine.engine import PINNED, Engine, UnavailableError
from local.terminal import say

INSTALLER = "https://get.pulumi.com/install.sh"  # what the SDK's installer fetches first
REACHED_WITHIN_SECONDS = 10.0
LIMIT_SECONDS = 600.0
INSTALL = """
import sys
from pulumi.automation import PulumiCommand
from semver import VersionInfo
PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
"""


def download() -> Engine:
    """Put the official engine into the cache; on a machine that cannot reach it, fail within seconds."""
    try:
        # The SDK's installer has no time-out of its own.
        with urllib.request.urlopen(INSTALLER, timeout=REACHED_WITHIN_SECONDS):
            pass
    except (OSError, urllib.error.URLError) as error:
        raise UnavailableError(f"{INSTALLER} is not reached: {error}") from error
    say(f"engine   downloading pulumi {PINNED}")
    return cache.install(_install)


def _install(scratch: Path) -> Path:
    child.run(
        [sys.executable, "-c", INSTALL, scratch, str(PINNED)],
        doing=f"downloading pulumi {PINNED}",
        cwd=scratch,
        environment=os.environ,
        limit_seconds=LIMIT_SECONDS,
    )
    return scratch / "bin" / "pulumi"
