"""The tasks of one gate in ECS: those of earlier runs, and how each of them is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from botocore.exceptions import ConnectionError as NoConnectionError
from botocore.exceptions import HTTPClientError

from components.compute.one_off import OneOff
from components.compute.rollout_view import revision_name
from components.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import TaskTypeDef

DESIRED: Final[tuple[Literal["RUNNING", "STOPPED"], ...]] = ("RUNNING", "STOPPED")
LISTED_AT_ONCE: Final = 100  # as many as one DescribeTasks takes


class Tasks:
    """The tasks of one gate."""

    def __init__(self, one: OneOff, ecs: ECSClient) -> None:
        self.one, self.ecs = one, ecs

    async def unfinished(self) -> list[TaskTypeDef]:
        """Those that have not ended, those that were told to included. Tasks that people run are not among them."""
        return await in_thread(self._unfinished)

    async def look(self, arns: Sequence[str]) -> list[TaskTypeDef] | None:
        """How they are; a task that ECS does not know is left out. None when ECS cannot be reached just now."""
        try:
            answer = await in_thread(
                self.ecs.describe_tasks, cluster=self.one.cluster, tasks=list(arns)
            )
        except (NoConnectionError, HTTPClientError):  # a long wait need not end for that
            return None
        return answer["tasks"]

    async def stop(self, arn: str, why: str) -> None:
        """Tell a task to end; it takes up to its stop time-out."""
        await in_thread(
            self.ecs.stop_task, cluster=self.one.cluster, task=arn, reason=f"{self.one.gate}: {why}"
        )

    def _unfinished(self) -> list[TaskTypeDef]:
        # By family: `startedBy` would have to be the only condition, and then those that end are not listed.
        family = revision_name(self.one.task_definition).split(":")[0]
        arns: list[str] = []
        for status in DESIRED:
            listed = self.ecs.list_tasks(
                cluster=self.one.cluster,
                family=family,
                desiredStatus=status,
                maxResults=LISTED_AT_ONCE,
            )
            arns += listed["taskArns"]
        found: list[TaskTypeDef] = []
        for start in range(0, len(arns), LISTED_AT_ONCE):
            part = arns[start : start + LISTED_AT_ONCE]
            found += self.ecs.describe_tasks(cluster=self.one.cluster, tasks=part)["tasks"]
        return [
            each
            for each in found
            if each.get("startedBy") == self.one.gate and each.get("lastStatus") != "STOPPED"
        ]
