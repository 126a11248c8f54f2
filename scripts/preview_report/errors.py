"""The one kind of error that the reader of a pipeline's log is meant to read."""

from __future__ import annotations

FAILED = 1
REFUSED = 2


class ReportError(Exception):
    """What is wrong and the way out, in one message; the command ends with `exit_code`."""

    def __init__(self, message: str, exit_code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = exit_code
