"""An ECS whose answers are written down beforehand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from botocore.exceptions import ClientError

from components.compute.rollout_watch import Pace, Rollout
from tests.components.compute.samples import CLUSTER
from tests.engine.outputs import arn

Json = dict[str, Any]
START: Final = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SERVICE: Final = arn("ecs", "service/turnstay-staging/ledger")
OLD: Final = arn("ecs", "task-definition/turnstay-staging-ledger:6")
NEW: Final = arn("ecs", "task-definition/turnstay-staging-ledger:7")
LOG_GROUP: Final = "/turnstay/staging/ledger"
AT_ONCE: Final = Pace(first_seconds=0, longest_seconds=0, growth=1, tell_seconds=60)
BREAKER: Final = "ECS deployment circuit breaker: tasks failed to start."


def rollout(**changes: Any) -> Rollout:
    values: Json = {
        "cluster": CLUSTER,
        "service": SERVICE,
        "task_definition": NEW,
        "callees": {},
        "log_group": LOG_GROUP,
        "timeout_seconds": 30,
    }
    return Rollout(**{**values, **changes})


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


def deployment(
    revision: str, state: str, minute: int, *, status: str = "PRIMARY", **more: Any
) -> Json:
    values: Json = {
        "id": f"ecs-svc/{minute}",
        "status": status,
        "taskDefinition": revision,
        "rolloutState": state,
        "createdAt": at(minute),
        "desiredCount": 2,
        "runningCount": 2 if state == "COMPLETED" else 0,
        "failedTasks": 0,
    }
    return {**values, **more}


def service(*deployments: Json, events: Sequence[str] = ()) -> Json:
    return {
        "serviceArn": SERVICE,
        "status": "ACTIVE",
        "taskDefinition": deployments[0]["taskDefinition"],
        "deployments": list(deployments),
        "events": [{"message": each} for each in events],
    }


def stopped(minute: int, *, revision: str = NEW, reason: str, **containers: int | str) -> Json:
    """A task that ended; `app=1` is an exit code, `app="OutOfMemoryError: …"` a reason."""
    return {
        "taskArn": arn("ecs", f"task/turnstay-staging/{minute:032x}"),
        "taskDefinitionArn": revision,
        "stoppedReason": reason,
        "stoppedAt": at(minute),
        "containers": [
            {"name": name, ("exitCode" if isinstance(end, int) else "reason"): end}
            for name, end in containers.items()
        ],
    }


class FakeEcs:
    """Answers DescribeServices of the service from a list, the last answer for ever.

    An answer that is an exception is raised, one that can be called is called first.
    """

    def __init__(
        self,
        *answers: Json | Exception | Callable[[], Json],
        after_update: Sequence[Json] = (),
        callees: Mapping[str, datetime] | None = None,
        tasks: Sequence[Json] | Exception = (),
    ) -> None:
        self.answers = list(answers)
        self.after_update = list(after_update)
        self.callees = dict(callees or {})
        self.tasks = tasks
        self.updates: list[Json] = []
        self.asked_at_once: list[int] = []

    def describe_services(self, *, cluster: str, services: list[str]) -> Json:
        assert cluster == CLUSTER
        if services == [SERVICE]:
            return {"services": [self._next()]}
        self.asked_at_once.append(len(services))
        found = [
            {"serviceArn": each, "status": "ACTIVE", "createdAt": self.callees[each]}
            for each in services
            if each in self.callees
        ]
        return {"services": found}

    def _next(self) -> Json:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer() if callable(answer) else answer

    def update_service(self, **request: Any) -> Json:
        self.updates.append(request)
        self.answers = list(self.after_update)
        return {"service": self.answers[0]}

    def list_tasks(self, **request: Any) -> Json:
        assert request == {
            "cluster": CLUSTER,
            "serviceName": "ledger",
            "desiredStatus": "STOPPED",
            "maxResults": 100,
        }
        if isinstance(self.tasks, Exception):
            raise self.tasks
        return {"taskArns": [each["taskArn"] for each in self.tasks]}

    def describe_tasks(self, *, cluster: str, tasks: list[str]) -> Json:
        assert cluster == CLUSTER
        assert not isinstance(self.tasks, Exception)
        return {"tasks": [each for each in self.tasks if each["taskArn"] in tasks]}


class FakeLogs:
    """CloudWatch Logs with some streams."""

    def __init__(self, streams: Mapping[str, Sequence[str]] | None = None) -> None:
        self.streams = streams or {}

    def get_log_events(self, **request: Any) -> Json:
        assert request["logGroupName"] == LOG_GROUP
        assert request["startFromHead"] is False
        if request["logStreamName"] not in self.streams:
            raise client_error("ResourceNotFoundException", "GetLogEvents")
        lines = self.streams[request["logStreamName"]][-request["limit"] :]
        return {"events": [{"message": each} for each in lines]}


def client_error(code: str, operation: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, operation)
