"""The engine built from its Go modules, as build/go.mod and build/go.sum pin them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from local.engine import cache, child
from local.engine.engine import PINNED, Engine, UnavailableError
from local.terminal import say

MODULES = Path(__file__).parent / "build"
PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
LIMIT_SECONDS = 3600.0


def build() -> Engine:
    """Build the engine into the cache, once: some minutes, and about 4 GB in Go's own caches."""
    go = shutil.which("go")
    if go is None:
        raise UnavailableError("no go on PATH")
    say(f"engine   building pulumi {PINNED} from Go modules, once; this takes some minutes")

    def make(scratch: Path) -> Path:
        for name in ("go.mod", "go.sum"):
            shutil.copy(MODULES / name, scratch)
        made = scratch / "pulumi"
        child.run(
            [go, *_arguments(made)],
            doing=f"building pulumi {PINNED}",
            cwd=scratch,
            # The user's flags and workspace belong to the user's own modules.
            environment=os.environ | {"GOFLAGS": "", "GOWORK": "off", "CGO_ENABLED": "0"},
            limit_seconds=LIMIT_SECONDS,
        )
        return made

    return cache.install(make)


def _arguments(made: Path) -> list[str | Path]:
    return [
        "build",
        "-mod=readonly",
        "-trimpath",
        "-buildvcs=false",
        "-tags=osusergo,grpcnotrace",
        f"-ldflags=-s -w -X {VERSION_VARIABLE}=v{PINNED}",
        "-o",
        made,
        PACKAGE,
    ]
