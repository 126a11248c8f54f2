"""What a running account says of itself: the file `account.json` of its state folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from local.account.identity import is_alive

FILE: Final = "account.json"
SOURCES: Final = Path(__file__).parent
SUFFIXES: Final = (".py", ".sql")


@dataclass(frozen=True, kw_only=True)
class Running:
    """An account that runs in the background. `boot_id` changes with each start: its memory began then."""

    pid: int
    process_mark: str
    endpoint: str
    boot_id: str
    account_id: str
    images: Mapping[str, str]
    source_digest: str
    balancer: str = ""  # where its load balancer answers
    outside: str = ""  # where Slack and Honeybadger are, as far as it knows them

    @property
    def outdated(self) -> bool:
        """Whether the code of the account has changed since it was started."""
        return self.source_digest != source_digest()


def read(state: Path) -> Running | None:
    """Read who is said to run; None without a file, or with one that says nothing sensible."""
    try:
        return Running(**json.loads((state / FILE).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def write(state: Path, running: Running) -> None:
    """Say who runs, at once or not at all: nobody ever reads half of it."""
    draft = state / f"{FILE}.{running.pid}"
    draft.write_text(json.dumps(asdict(running), indent=2) + "\n")
    draft.replace(state / FILE)


def remove(state: Path) -> None:
    """Forget who ran."""
    (state / FILE).unlink(missing_ok=True)


def alive(running: Running | None) -> Running | None:
    """Return the account if its very process still runs."""
    return running if running and is_alive(running.pid, running.process_mark) else None


def source_digest() -> str:
    """Compute a digest of the code that an account runs."""
    total = hashlib.sha256()
    for path in sorted(each for each in SOURCES.rglob("*") if each.suffix in SUFFIXES):
        total.update(path.relative_to(SOURCES).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:16]
