"""What one stack of the local account keeps on this machine, and where."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from local.errors import LocalError

FOLDER = ".local"
ROOM = 8 * 2**20  # bytes; the state of a whole stack takes about two, and is copied once


@dataclass(frozen=True)
class State:
    """The folder of one stack, below `.local/` of the project or below $TURNSTAY_LOCAL."""

    folder: Path
    stack: str

    @property
    def work(self) -> Path:
        """Copies of Pulumi.yaml and of the stack's file: the engine writes into them."""
        return self.folder / "work"

    @property
    def backend(self) -> Path:
        """The engine's own state."""
        return self.folder / "backend"

    @property
    def home(self) -> Path:
        """What the engine would put into ~/.pulumi."""
        return self.folder / "home"

    @property
    def plugins(self) -> Path:
        """Folders with the executables of the stand-in providers."""
        return self.folder / "plugins"

    @property
    def logs(self) -> Path:
        """The engine's output of the last run of each command, and the traceback of an error of ours."""
        return self.folder / "logs"

    @property
    def engine_lock(self) -> Path:
        """Locked by a running engine and all it has started; holds the engine's process id."""
        return self.folder / "engine.lock"

    @property
    def run_lock(self) -> Path:
        """Locked by the command that works on this stack."""
        return self.folder / "run.lock"

    @property
    def account_marker(self) -> Path:
        """Which account the engine's state speaks of."""
        return self.folder / "account-of-state.json"

    @property
    def passphrase(self) -> str:
        """The passphrase that the engine encrypts its state with; made on first use, never leaves this folder."""
        path = self.folder / "passphrase"
        if not path.exists():
            made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(made, "w") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text()

    def prepare(self) -> None:
        """Make the folder; LocalError when it cannot be written to."""
        try:
            for each in (self.work, self.backend, self.home, self.plugins, self.logs):
                each.mkdir(parents=True, exist_ok=True)
            self._try_to_write()
        except OSError as error:
            raise LocalError(unwritable(self.folder, error)) from error

    def _try_to_write(self) -> None:
        probe = self.folder / "probe"
        try:
            probe.write_bytes(bytes(ROOM))
        finally:
            probe.unlink(missing_ok=True)


def unwritable(folder: Path, error: OSError) -> str:
    """Say that the state folder cannot be used, why, and what helps."""
    return (
        f"{folder} cannot be written to: {error.strerror or error}; free it or the space on its disk,"
        " or set TURNSTAY_LOCAL to another folder"
    )


def local_root(project: Path) -> Path:
    """Name the folder that holds the state of all stacks of the project at `project`."""
    named = os.environ.get("TURNSTAY_LOCAL")
    return Path(named).absolute() if named else project / FOLDER


def state_of(project: Path, stack: str) -> State:
    """Name the state of one stack; nothing is made yet."""
    return State(local_root(project) / stack, stack)


def existing(project: Path) -> list[State]:
    """List the stacks that have state on this machine."""
    root = local_root(project)
    found = sorted(root.glob("*/backend")) if root.is_dir() else []
    return [State(each.parent, each.parent.name) for each in found]
