"""What DescribeServices says of a service, as far as a rollout goes by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mypy_boto3_ecs.type_defs import DeploymentTypeDef, ServiceTypeDef

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
EVENTS_SHOWN: Final = 3


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One attempt to run a revision."""

    id: str
    revision: str
    state: str  # IN_PROGRESS, COMPLETED or FAILED
    reason: str
    created: datetime
    running: int
    desired: int
    failed: int

    @classmethod
    def of(cls, answer: DeploymentTypeDef) -> Deployment:
        """Read one of the deployments of an answer."""
        return cls(
            id=answer.get("id", ""),
            revision=answer.get("taskDefinition", ""),
            state=answer.get("rolloutState", "IN_PROGRESS"),
            reason=answer.get("rolloutStateReason", ""),
            created=answer.get("createdAt", LONG_AGO),
            running=answer.get("runningCount", 0),
            desired=answer.get("desiredCount", 0),
            failed=answer.get("failedTasks", 0),
        )


@dataclass(frozen=True, kw_only=True)
class View:
    """The newest deployment, which decides what runs, and those before it that still show."""

    newest: Deployment
    older: Sequence[Deployment]
    events: Sequence[str]

    @classmethod
    def of(cls, answer: ServiceTypeDef) -> View:
        """Read an answer about an active service."""
        primary = [each for each in answer["deployments"] if each.get("status") == "PRIMARY"]
        older = [each for each in answer["deployments"] if each.get("status") != "PRIMARY"]
        return cls(
            newest=Deployment.of(primary[0]),
            older=[Deployment.of(each) for each in older],
            events=[each.get("message", "") for each in answer.get("events", [])[:EVENTS_SHOWN]],
        )

    def failed(self, revision: str) -> Deployment | None:
        """The last failed attempt to run a revision, while ECS still shows it."""
        attempts = [
            each
            for each in (self.newest, *self.older)
            if each.revision == revision and each.state == "FAILED"
        ]
        return max(attempts, key=lambda each: each.created, default=None)

    def progress(self) -> str:
        """How far the newest deployment is."""
        newest = self.newest
        failed = f", {newest.failed} failed" if newest.failed else ""
        return f"{newest.running} of {newest.desired} tasks run{failed}"


def revision_name(arn: str) -> str:
    """`family:7` of a task definition's ARN."""
    return arn.rsplit("/", 1)[-1]


def short_name(arn: str) -> str:
    """A service's or a task's own name, of its ARN."""
    return arn.rsplit("/", 1)[-1]
