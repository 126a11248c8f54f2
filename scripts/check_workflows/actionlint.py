"""The actionlint of this machine: the one on PATH, else downloaded or built, once, and kept in the cache."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from scripts.check_workflows.making import build, download
from scripts.check_workflows.tool import VERSION, UnavailableError, cache_folder, inspected

Way = Callable[[], Path]


def on_path() -> Path:
    """The one on PATH, if its version is not too old."""
    found = shutil.which("actionlint")
    if found is None:
        raise UnavailableError("none")
    return inspected(Path(found))


def cached() -> Path:
    """The one that an earlier run left."""
    return inspected(cache_folder() / "actionlint")


WAYS: Sequence[tuple[str, Way]] = (
    ("PATH", on_path),
    ("cache", cached),
    ("download", download),
    ("build", build),
)


def find_actionlint(ways: Sequence[tuple[str, Way]] = WAYS) -> Path:
    """The first executable that a way leads to; an UnavailableError tells all that was tried, and what helps."""
    tried = []
    for name, way in ways:
        try:
            return way()
        except UnavailableError as why:
            tried.append(f"  {name + ':':<10}{why}")
    raise UnavailableError(
        "\n".join(
            [
                "no actionlint is to be had on this machine; tried in this order",
                *tried,
                f"one of these helps: install actionlint {VERSION}, let this machine reach github.com, or install Go",
            ]
        )
    )
