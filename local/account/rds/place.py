"""Where an account that runs in the background keeps the data of its databases."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from local.account.postgres import unprivileged
from local.account.postgres.configuration import CERTIFICATE

FOLDER: Final = "databases"
ELSEWHERE: Final = (
    "databases-are-at"  # a file that says where, when they cannot be in the state folder
)
PREFIX: Final = "turnstay-databases-"


def place(state: Path) -> Path:
    """Choose an empty folder: in the state folder, or where PostgreSQL cannot go there a temporary one."""
    clear(state)
    folder = state / FOLDER
    if unprivileged.reaches(folder / "any"):
        return folder
    folder = unprivileged.new_folder(PREFIX)
    (state / ELSEWHERE).write_text(str(folder))
    return folder


def authority_of(state: Path) -> Path | None:
    """Find what clients on this machine verify the databases of an account with."""
    folder = state / FOLDER
    with suppress(FileNotFoundError):
        folder = Path((state / ELSEWHERE).read_text())
    certificate = folder / CERTIFICATE
    return certificate if certificate.exists() else None


def clear(state: Path) -> None:
    """Remove what an account has left, which ended without doing so."""
    shutil.rmtree(state / FOLDER, ignore_errors=True)
    with suppress(FileNotFoundError):
        other = Path((state / ELSEWHERE).read_text())
        if other.name.startswith(PREFIX):
            shutil.rmtree(other, ignore_errors=True)
        (state / ELSEWHERE).unlink()
