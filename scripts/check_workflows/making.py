"""Two ways to make an actionlint: its project's own build, downloaded, or its Go module, built."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import sys
import tarfile
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Final

from scripts.check_workflows.tool import VERSION, UnavailableError, cache_folder, inspected, run

PACKAGE: Final = "github.com/rhysd/actionlint/cmd/actionlint"
MODULES: Final = Path(__file__).parent / "build"
RELEASES: Final = f"https://github.com/rhysd/actionlint/releases/download/v{VERSION}"
# SHA-256 of actionlint's own archives of this version, by system and processor.
ARCHIVES: Final = {
    ("linux", "amd64"): "8aca8db96f1b94770f1b0d72b6dddcb1ebb8123cb3712530b08cc387b349a3d8",
    ("linux", "arm64"): "325e971b6ba9bfa504672e29be93c24981eeb1c07576d730e9f7c8805afff0c6",
    ("darwin", "amd64"): "5b44c3bc2255115c9b69e30efc0fecdf498fdb63c5d58e17084fd5f16324c644",
    ("darwin", "arm64"): "aba9ced2dee8d27fecca3dc7feb1a7f9a52caefa1eb46f3271ea66b6e0e6953f",
}
PROCESSORS: Final = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
REACHED_WITHIN_SECONDS: Final = 10.0
BUILT_WITHIN_SECONDS: Final = 900.0


def download(releases: str = RELEASES) -> Path:
    """The project's own build, whose checksum is written here."""
    system, processor = sys.platform, PROCESSORS.get(platform.machine().lower(), "")
    expected = ARCHIVES.get((system, processor))
    if expected is None:
        raise UnavailableError(f"no build for {system} on {platform.machine()}")
    address = f"{releases}/actionlint_{VERSION}_{system}_{processor}.tar.gz"
    try:
        with urllib.request.urlopen(  # noqa: S310 - an address of ours
            address, timeout=REACHED_WITHIN_SECONDS
        ) as answer:
            content = answer.read()
    except OSError as error:
        raise UnavailableError(f"{address} is not reached: {error}") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise UnavailableError(f"{address} is not what it was: its checksum differs")

    def unpack(folder: Path) -> None:
        with tarfile.open(fileobj=io.BytesIO(content)) as archive:
            archive.extract("actionlint", folder, filter="data")

    return _kept(unpack)


def build() -> Path:
    """Built from the module, as build/go.sum pins it."""
    go = shutil.which("go")
    if go is None:
        raise UnavailableError("no go on PATH")

    def compiled(folder: Path) -> None:
        for name in ("go.mod", "go.sum"):
            shutil.copy(MODULES / name, folder)
        flags = ["-mod=readonly", "-trimpath", "-buildvcs=false", "-o", "actionlint"]
        # The user's flags and workspace belong to the user's own modules.
        environment = os.environ | {"GOFLAGS": "", "GOWORK": "off", "CGO_ENABLED": "0"}
        run([go, "build", *flags, PACKAGE], folder, environment, BUILT_WITHIN_SECONDS)

    return _kept(compiled)


def _kept(make: Callable[[Path], None]) -> Path:
    """Put what `make` leaves in a folder into the cache, whole or not at all; two runs at once leave one of them."""
    target = cache_folder() / "actionlint"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            make(Path(folder))
            inspected(Path(folder) / "actionlint").replace(target)
    except (OSError, KeyError, tarfile.TarError) as error:
        raise UnavailableError(f"{target} cannot be written: {error}") from error
    return target
