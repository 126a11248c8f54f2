"""Where the PostgreSQL servers of an account live."""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from local.account.leftovers import Journal
from local.account.postgres import unprivileged
from local.account.postgres.authority import Authority
from local.account.postgres.programs import Programs

# A socket's whole path has 103 characters on macOS, 107 on Linux; its name takes up to 15.
LONGEST: Final = 85


@dataclass(kw_only=True)
class Site:
    """A folder with one certificate authority for all its servers; `close` removes it with all that is in it.

    Who runs the servers must be able to reach the folder: see unprivileged.reaches.
    """

    folder: Path
    journal: Journal = field(default_factory=Journal)
    sockets: Path = field(init=False)
    authority: Authority = field(init=False)
    making: threading.RLock = field(
        init=False, default_factory=threading.RLock
    )  # what servers share

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.sockets = self.folder / "sockets"
        if len(str(self.sockets)) > LONGEST:
            self.sockets = unprivileged.new_folder("pg-")
        self.sockets.mkdir(exist_ok=True)
        unprivileged.give(self.sockets)
        self.authority = Authority(self.folder)

    @classmethod
    def temporary(cls, journal: Journal | None = None) -> Self:
        """Make one in a temporary folder."""
        return cls(folder=unprivileged.new_folder("turnstay-pg-"), journal=journal or Journal())

    def folder_of(self, programs: Programs) -> Path:
        """Return where whoever runs the servers finds their programs."""
        with self.making:
            copy = self.folder / f"programs-{programs.version}"
            return unprivileged.reachable_copy(programs.folder, copy)

    def close(self) -> None:
        """Remove it; its servers have ended."""
        for each in (self.sockets, self.folder):
            shutil.rmtree(each, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
