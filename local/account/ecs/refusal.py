"""Why a task does not start."""

from __future__ import annotations


class TaskError(Exception):
    """The text is the task's `stoppedReason`, in ECS's words where they are known.

    The task's `stopCode` is TaskFailedToStart; `container` is the one that is to blame, if one is.
    """

    def __init__(self, text: str, container: str | None = None) -> None:
        super().__init__(text)
        self.container = container
