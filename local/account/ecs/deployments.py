"""One deployment of a service."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from moto.core.utils import utcnow

from local.account.ecs.tasks import Task

Json = dict[str, Any]

# What a deployment keeps of its service's settings. A change of any of them starts a new deployment.
DEPLOYED: Final[tuple[str, ...]] = (
    "taskDefinition",
    "capacityProviderStrategy",
    "loadBalancers",
    "networkConfiguration",
    "platformVersion",
    "propagateTags",
    "serviceConnectConfiguration",
    "serviceRegistries",
    "volumeConfigurations",
)
FAILURES: Final = ("TaskFailedToStart", "EssentialContainerExited")


class Rollout(StrEnum):
    """How far a deployment has come."""

    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


@dataclass
class Deployment:
    """Its settings, its tasks that have not ended, and how it went so far."""

    settings: Json
    reason: str = "ECS deployment in progress."
    is_rollback: bool = False
    id: str = field(default_factory=lambda: f"ecs-svc/{uuid.uuid4().int % 10**19:019d}")
    state: Rollout = Rollout.IN_PROGRESS
    tasks: list[Task] = field(default_factory=list)
    failed: int = 0
    failures_in_a_row: int = 0
    connected: list[Json] = field(default_factory=list)
    created_at: datetime = field(default_factory=utcnow)
    updated_at: datetime = field(default_factory=utcnow)
    shown_until: float = 0.0
    _well: set[str] = field(default_factory=set)
    _unwell: set[str] = field(default_factory=set)
    _counted: set[str] = field(default_factory=set)

    @property
    def definition(self) -> str:
        """The ARN of its task definition."""
        return str(self.settings["taskDefinition"])

    @property
    def alive(self) -> list[Task]:
        """The tasks that nobody has asked to end."""
        return [task for task in self.tasks if not task.stopping.is_set()]

    @property
    def healthy(self) -> list[Task]:
        """The tasks that run and are well."""
        return [task for task in self.tasks if task.healthy]

    def move(self, state: Rollout, reason: str) -> None:
        """Come further, with the reason that is shown."""
        self.state, self.reason, self.updated_at = state, reason, utcnow()

    def give_up(self, task: Task, problem: str) -> None:
        """End a task whose health checks failed; it counts as a failure."""
        self._unwell.add(task.id)
        task.stop("ServiceSchedulerInitiated", problem)

    def take_stock(self) -> list[Task]:
        """Count new failures, forget ended tasks, and return those that failed since the last time.

        A task that gets well for the first time begins the count of failures in a row anew.
        """
        failed = [
            task
            for task in self.tasks
            if task.stopping.is_set()
            and task.id not in self._counted
            and (task.shown["stopCode"] in FAILURES or task.id in self._unwell)
        ]
        if fresh := {task.id for task in self.healthy} - self._well:
            self._well |= fresh
            self.failures_in_a_row = 0
        self._counted |= {task.id for task in failed}
        self.failed += len(failed)
        self.failures_in_a_row += len(failed)
        self.tasks = [task for task in self.tasks if not task.ended.is_set()]
        return failed

    def view(self, status: str, desired: int) -> Json:
        """Describe it as DescribeServices does."""
        counts = Counter(task.shown["lastStatus"] for task in self.tasks)
        strategy = self.settings.get("capacityProviderStrategy")
        return {
            "id": self.id,
            "status": status,
            "taskDefinition": self.definition,
            "desiredCount": desired,
            "runningCount": counts["RUNNING"],
            "pendingCount": counts["PROVISIONING"] + counts["PENDING"],
            "failedTasks": self.failed,
            "createdAt": self.created_at,
            "updatedAt": self.updated_at,
            "platformVersion": "1.4.0",
            "platformFamily": "Linux",
            "rolloutState": str(self.state),
            "rolloutStateReason": self.reason,
            "serviceConnectResources": self.connected,
            **({} if strategy else {"launchType": "FARGATE"}),
            **{
                name: self.settings[name]
                for name in (
                    "capacityProviderStrategy",
                    "networkConfiguration",
                    "serviceConnectConfiguration",
                    "volumeConfigurations",
                )
                if name in self.settings
            },
        }
