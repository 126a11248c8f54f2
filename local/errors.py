"""The one kind of error that a person at the terminal is meant to read."""

from __future__ import annotations


class LocalError(Exception):
    """What went wrong and the way out, as one message; shown as it is, without a traceback."""
