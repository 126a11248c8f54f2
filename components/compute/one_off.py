"""A task that runs once, and what ECS said of its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mypy_boto3_ecs.type_defs import ContainerTypeDef, TaskTypeDef

ENDED_BY_ITSELF: Final = "EssentialContainerExited"
NOT_STARTED: Final = "TaskFailedToStart"


class OneOffFailedError(Exception):
    """The task did not do its work; the text says why, and what it said last."""


@dataclass(frozen=True, kw_only=True)
class OneOff:
    """What to run and where, all by ARN or id, and how long to wait for its end."""

    gate: str
    """Who runs it: the mark by which a later run knows the task, so two gates never have the same."""
    cluster: str
    task_definition: str
    container: str
    """The one container of the task."""
    subnets: Sequence[str]
    security_group: str
    log_group: str
    timeout_seconds: float


def problem(task: TaskTypeDef, container: str) -> str | None:
    """Why a task that has stopped did not do its work; None when it did.

    An exit code of 0 counts only when the container ended by itself: one that was told to end may say 0, too.
    """
    found = next((each for each in task["containers"] if each.get("name") == container), None)
    code = found.get("exitCode") if found else None
    stop, why = task.get("stopCode", ENDED_BY_ITSELF), _why(task, found)
    if stop == NOT_STARTED or code is None:
        return f"did not start: {why}"
    if code != 0:
        return f"ended with exit code {code}: {why}"
    if stop != ENDED_BY_ITSELF:
        return f"was stopped before it was done: {why} ({stop})"
    return None


def _why(task: TaskTypeDef, container: ContainerTypeDef | None) -> str:
    said = task.get("stoppedReason") or task.get("stopCode") or "no reason given"
    more = container.get("reason") if container else None
    return f"{said} ({more})" if more and more not in said else said
