"""The engine's messages as a person wants to read them."""

from __future__ import annotations

import re
from pathlib import Path

COLOUR = re.compile(r"<\{%.*?%\}>")
# What stands before a message of the program, and what the engine says last of each failure: the runner says it itself.
PREFIXES = ("an unhandled error occurred: ", "python inline source runtime error: ")
CLOSING = frozenset({"preview failed", "update failed", "update canceled", "destroy failed"})
FRAME = re.compile(r'^ *File "(?P<file>.+)", line (?P<line>\d+)', re.MULTILINE)


def readable(message: str, root: Path) -> str | None:
    """Return a message without colours, repetitions and tracebacks; None when it says nothing new.

    A traceback becomes its last line and the last place in the project's own files; whole, it is in the engine's log.
    """
    text = COLOUR.sub("", message).strip()
    for prefix in PREFIXES:
        text = text.removeprefix(prefix)
    if text in CLOSING:
        return None
    _, mark, traceback = text.partition("Traceback (most recent call last):")
    if not mark or not traceback.strip():
        return text
    last = traceback.strip().splitlines()[-1]
    place = _place(traceback, root)
    return f"{last} ({place})" if place else last


def name_of(urn: str | None) -> str:
    """Return the logical name in a URN: what the program calls the resource."""
    return urn.rsplit("::", 1)[-1] if urn else ""


def kind_of(urn: str) -> str:
    """Return the kind of resource in a URN, without its package: `Service` of `aws:ecs/service:Service`."""
    return urn.split("::")[2].rsplit("$", 1)[-1].rsplit(":", 1)[-1]


def _place(traceback: str, root: Path) -> str | None:
    for match in reversed(list(FRAME.finditer(traceback))):
        path = Path(match["file"])
        if path.is_relative_to(root) and not path.is_relative_to(root / ".venv"):
            return f"{path.relative_to(root)}:{match['line']}"
    return None
