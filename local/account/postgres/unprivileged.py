"""Who runs PostgreSQL: whoever runs the account, or nobody where that is root, which PostgreSQL refuses."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Final

NOBODY: Final = "nobody"
ENTERED_BY_ALL: Final = 0o001


def options() -> dict[str, Any]:
    """Return what makes subprocess start a program as that user, in a folder that it may enter."""
    if os.geteuid() != 0:
        return {"cwd": "/"}
    user = pwd.getpwnam(NOBODY)
    return {"cwd": "/", "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def run(*command: str | Path) -> str:
    """Run a program as that user and return what it prints; CalledProcessError has what it complains of."""
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, capture_output=True, text=True, check=True, **options()
    )
    return done.stdout


def give(*paths: Path) -> None:
    """Make that user the owner of what root has made."""
    if os.geteuid() == 0:
        for path in paths:
            shutil.chown(path, options()["user"], options()["group"])


def reaches(folder: Path) -> bool:
    """Whether that user may go through all folders above this one."""
    return os.geteuid() != 0 or all(
        each.stat().st_mode & ENTERED_BY_ALL for each in folder.absolute().parents if each.exists()
    )


def reachable_copy(programs: Path, folder: Path) -> Path:
    """Return the folder of programs, or of a copy of them below `folder` where that user may not enter, as in /root."""
    if reaches(programs / "any"):
        return programs
    if not folder.exists():  # once: a program that runs cannot be written to
        draft = folder.with_name(f"{folder.name}.draft")
        shutil.copytree(programs.parent, draft)
        draft.rename(folder)
    return folder / programs.name


def new_folder(prefix: str) -> Path:
    """Make a temporary folder that everybody may enter and only its owner may change."""
    made = Path(tempfile.mkdtemp(prefix=prefix))
    made.chmod(0o755)
    return made
