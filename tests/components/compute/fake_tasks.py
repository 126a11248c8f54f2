"""An ECS that runs tasks as it was told beforehand."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from components.compute.one_off import OneOff
from components.compute.one_off_run import run_to_end
from components.compute.rollout_watch import Pace
from tests.components.compute.fake_ecs import AT_ONCE, FakeLogs, Json, at
from tests.components.compute.samples import CLUSTER
from tests.engine.outputs import arn

GATE: Final = "ledger-migrations"
FAMILY: Final = "turnstay-staging-ledger-migrations"
OLD: Final = arn("ecs", f"task-definition/{FAMILY}:6")
NEW: Final = arn("ecs", f"task-definition/{FAMILY}:7")
WHAT: Final = f"{GATE}: task {FAMILY}:7"
WELL: Final[Json] = {"stopCode": "EssentialContainerExited", "exitCode": 0}
REQUEST: Final[Json] = {
    "cluster": CLUSTER,
    "taskDefinition": NEW,
    "count": 1,
    "launchType": "FARGATE",
    "platformVersion": "LATEST",
    "networkConfiguration": {
        "awsvpcConfiguration": {
            "subnets": ["subnet-a", "subnet-b"],
            "securityGroups": ["sg-gate"],
            "assignPublicIp": "DISABLED",
        }
    },
    "startedBy": GATE,
    "enableECSManagedTags": True,
    "propagateTags": "TASK_DEFINITION",
}


def one_off(**changes: Any) -> OneOff:
    values: Json = {
        "gate": GATE,
        "cluster": CLUSTER,
        "task_definition": NEW,
        "container": "migrations",
        "subnets": ["subnet-a", "subnet-b"],
        "security_group": "sg-gate",
        "log_group": "/turnstay/staging/ledger",
        "timeout_seconds": 30,
    }
    return OneOff(**{**values, **changes})


def task_arn(number: int) -> str:
    return arn("ecs", f"task/turnstay-staging/{number:032x}")


def task(number: int, revision: str = NEW, **more: Any) -> Json:
    """A task that runs."""
    values: Json = {
        "taskArn": task_arn(number),
        "taskDefinitionArn": revision,
        "startedBy": GATE,
        "desiredStatus": "RUNNING",
        "lastStatus": "RUNNING",
        "createdAt": at(number),
        "containers": [{"name": "migrations"}],
    }
    return {**values, **more}


class FakeTasks:
    """Tasks that `left` holds are there; each RunTask begins the next task, the first with number 100.

    `ends` says how tasks end; a task with none never does. `refusals` are what the first RunTasks answer. A task
    is looked at `looks` times before it has ended.
    """

    def __init__(
        self,
        *,
        left: Sequence[Json] = (),
        ends: Mapping[int, Json] | None = None,
        refusals: Sequence[Exception | Sequence[Json]] = (),
        looks: int = 2,
    ) -> None:
        self.tasks = {each["taskArn"]: copy.deepcopy(each) for each in left}
        self.ends = {task_arn(number): end for number, end in (ends or {}).items()}
        self.refusals, self.looks = list(refusals), looks
        self.calls: list[str] = []
        self.requests: list[Json] = []
        self.before_describe: Callable[[], None] = lambda: None
        self.before_run: Callable[[], None] = lambda: None
        self.stop_error: Exception | None = None

    def list_tasks(self, *, cluster: str, family: str, **request: Any) -> Json:
        assert (cluster, family, request["maxResults"]) == (CLUSTER, FAMILY, 100)
        wanted = request["desiredStatus"]
        found = [each for each in self.tasks.values() if each["desiredStatus"] == wanted]
        return {"taskArns": [each["taskArn"] for each in found]}

    def describe_tasks(self, *, cluster: str, tasks: list[str]) -> Json:
        assert cluster == CLUSTER
        assert 1 <= len(tasks) <= 100
        self.before_describe()
        found = [self.tasks[each] for each in tasks if each in self.tasks]
        answer = copy.deepcopy(found)
        for each in found:
            self._go_on(each)
        return {"tasks": answer}

    def run_task(self, **request: Any) -> Json:
        self.before_run()
        self.requests.append(request)
        if self.refusals:
            refusal = self.refusals.pop(0)
            if isinstance(refusal, Exception):
                raise refusal
            return {"tasks": [], "failures": refusal}
        made = task(99 + len(self.requests), request["taskDefinition"])
        self.tasks[made["taskArn"]] = made
        self.calls.append("run")
        return {"tasks": [copy.deepcopy(made)], "failures": []}

    def stop_task(self, *, cluster: str, task: str, reason: str) -> Json:
        assert cluster == CLUSTER
        if self.stop_error:
            raise self.stop_error
        self.calls.append(f"stop {int(task[-32:], 16)}: {reason}")
        self.ends[task] = {"stopCode": "UserInitiated", "stoppedReason": reason, "exitCode": 143}
        self.tasks[task]["desiredStatus"] = "STOPPED"
        return {}

    def _go_on(self, each: Json) -> None:
        end = self.ends.get(each["taskArn"])
        each["looks"] = each.get("looks", 0) + 1
        if end is None or each["looks"] < self.looks or each["lastStatus"] == "STOPPED":
            return
        self.calls.append(f"end {int(each['taskArn'][-32:], 16)}")
        container = {key: end[key] for key in ("exitCode", "reason") if key in end}
        each |= {key: end[key] for key in ("stopCode", "stoppedReason") if key in end}
        each |= {"lastStatus": "STOPPED", "desiredStatus": "STOPPED"}
        each["containers"] = [{"name": "migrations", **container}]


def run(
    ecs: FakeTasks, one: OneOff | None = None, pace: Pace = AT_ONCE, logs: Any = None
) -> list[str]:
    """Run a task to its end; the lines that were reported."""
    lines: list[str] = []
    clients: dict[str, Any] = {"ecs": ecs, "logs": logs or FakeLogs()}
    asyncio.run(run_to_end(one or one_off(), **clients, report=lines.append, pace=pace))
    return lines
