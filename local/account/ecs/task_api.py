"""Operations on tasks."""

from __future__ import annotations

import copy
from typing import Any, Final

from moto.core.responses import ActionResult
from moto.ecs.exceptions import InvalidParameterException

from local.account.ecs.base_api import Api, page, without_tags
from local.account.ecs.checks import check_capacity, check_network, check_overrides
from local.account.ecs.lookup import active_cluster, active_definition, task_of
from local.account.ecs.region import Region
from local.account.ecs.rolling import provider_for
from local.account.ecs.tasks import Task

Json = dict[str, Any]

RUN_AT_ONCE: Final = 10
DESCRIBED_AT_ONCE: Final = 100
LISTED_AT_ONCE: Final = 100


class TaskApi(Api):
    """Tasks of services, and tasks of their own."""

    def run_task(self) -> ActionResult:
        """Start tasks that belong to no service; with a `clientToken` that was given before, none again."""
        request = self.request
        count, token = request.get("count", 1), request.get("clientToken")
        if not 1 <= count <= RUN_AT_ONCE:
            raise InvalidParameterException(f"count is 1 to {RUN_AT_ONCE}, got {count}.")

        def run(here: Region) -> list[Json]:
            if token and token in here.tokens:
                return _views(here.tokens[token])
            cluster = active_cluster(here, request)
            definition = active_definition(here, request["taskDefinition"])
            strategy = request.get("capacityProviderStrategy")
            if not strategy and not request.get("launchType"):
                strategy = cluster.default_capacity_provider_strategy
            settings = request | ({"capacityProviderStrategy": strategy} if strategy else {})
            check_capacity(cluster, settings)
            check_network(here, settings)
            check_overrides(definition, settings)
            settings["capacityProviderName"] = provider_for(strategy or (), {})
            if request.get("propagateTags") == "TASK_DEFINITION":
                settings["tags"] = [*request.get("tags", []), *definition.tags]
            tasks = [here.run_task(definition, cluster.arn, settings) for _ in range(count)]
            if token:
                here.tokens[token] = tasks
            return _views(tasks)

        return ActionResult({"tasks": self.here(run), "failures": []})

    def describe_tasks(self) -> ActionResult:
        """Describe tasks, those that ended in the last hour too."""
        request = self.request
        if len(request["tasks"]) > DESCRIBED_AT_ONCE:
            raise InvalidParameterException(
                f"Tasks cannot have more than {DESCRIBED_AT_ONCE} elements."
            )

        def describe(here: Region) -> Json:
            here.purge()
            cluster = active_cluster(here, request)
            found = {name: here.tasks.get(name.split("/")[-1]) for name in request["tasks"]}
            mine = {
                name: task
                for name, task in found.items()
                if task and task.shown["clusterArn"] == cluster.arn
            }
            prefix = cluster.arn.replace(":cluster/", ":task/")
            missing = [
                {"arn": f"{prefix}/{name.split('/')[-1]}", "reason": "MISSING"}
                for name in found
                if name not in mine
            ]
            views = [without_tags(view, request) for view in _views(list(mine.values()))]
            return {"tasks": views, "failures": missing}

        return ActionResult(self.here(describe))

    def list_tasks(self) -> ActionResult:
        """List tasks by service, family, starter, launch type and desired status, the newest first."""
        request = {"desiredStatus": "RUNNING"} | self.request
        wanted: Json = {
            name: request[name]
            for name in ("desiredStatus", "startedBy", "launchType")
            if name in request
        }
        if "serviceName" in request:
            wanted["group"] = f"service:{request['serviceName'].split('/')[-1]}"

        def listed(here: Region) -> list[str]:
            here.purge()
            wanted["clusterArn"] = active_cluster(here, request).arn
            return [
                task.shown["taskArn"]
                for task in reversed(here.tasks.values())
                if wanted.items() <= {name: task.shown.get(name) for name in wanted}.items()
                and request.get("family", task.definition.family) == task.definition.family
            ]

        arns, following = page(self.here(listed), request, LISTED_AT_ONCE)
        return ActionResult({"taskArns": arns, "nextToken": following})

    def stop_task(self) -> ActionResult:
        """Ask a task to end; its service starts another one."""

        def stop(here: Region) -> Json:
            task = task_of(here, self.request)
            task.stop("UserInitiated", self.request.get("reason", "Task stopped by user"))
            return _views([task])[0]

        return ActionResult({"task": self.here(stop)})


def _views(tasks: list[Task]) -> list[Json]:
    # Copies: a task goes on changing while its description is on the way.
    return [copy.deepcopy(task.shown) for task in tasks]
