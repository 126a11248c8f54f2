"""The engine's CLI: the one on this machine, else fetched or built once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from local.engine.cache import cached
from local.engine.download import download
from local.engine.engine import ACCEPTED, PINNED, Engine, UnavailableError, inspect
from local.engine.go_build import build
from local.errors import LocalError

Way = Callable[[], Engine]


def on_path() -> Engine:
    """Return the pulumi on PATH if it has a version that is accepted."""
    found = shutil.which("pulumi")
    if found is None:
        raise UnavailableError("no pulumi on PATH")
    return inspect(Path(found))


WAYS: Sequence[tuple[str, Way]] = (
    ("PATH", on_path),
    ("cache", cached),
    ("download", download),
    ("build", build),
)


def find_engine(ways: Sequence[tuple[str, Way]] = WAYS) -> Engine:
    """Return the first engine that one of `ways` leads to; $PULUMI_BIN, when set, is the only one.

    When none is to be had, one message says what was tried, why each failed, and what a person can do.
    """
    wished = os.environ.get("PULUMI_BIN")
    if wished:
        try:
            return inspect(Path(wished))
        except UnavailableError as why:
            raise LocalError(f"PULUMI_BIN: {why}") from why
    tried = []
    for name, way in ways:
        try:
            return way()
        except UnavailableError as why:
            tried.append(f"  {name + ':':<9} {why}")
    raise LocalError(
        "\n".join(
            [
                "no pulumi engine is to be had on this machine; tried in this order",
                *tried,
                "one of these helps:",
                f"  install pulumi {ACCEPTED} (https://www.pulumi.com/docs/install/)",
                "  set PULUMI_BIN to a pulumi that is elsewhere",
                "  give this machine access to get.pulumi.com",
                f"  install Go and let it reach its module proxy: pulumi {PINNED} is then built",
            ]
        )
    )
