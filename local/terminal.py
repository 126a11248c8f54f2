"""What the person at the terminal sees, and nothing that may disturb a run."""

from __future__ import annotations

import os
import shutil
import sys

CLEAR = "\r\x1b[K"  # the line that moves makes room


def say(text: str) -> None:
    """Print one piece of news at once, and for good."""
    _write(f"{CLEAR if moves() else ''}{text}\n")


def move(line: str) -> None:
    """Show the state of things in the last line of a terminal; what is said next takes its place."""
    _write(CLEAR + line[: shutil.get_terminal_size().columns - 1])


def moves() -> bool:
    """Whether a line can move: not in a file or a pipeline."""
    return sys.stdout.isatty()


def _write(text: str) -> None:
    # A reader that has gone away (`make up | head`) must not stop an update half way: the rest is for nobody.
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
