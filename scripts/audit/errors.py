"""The one kind of error that the operator is meant to read."""

from __future__ import annotations


class AuditError(Exception):
    """Why there was no audit, and the way out; each mistake is a line of its own."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
