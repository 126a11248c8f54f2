"""One task, from PROVISIONING to STOPPED."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol

from moto.core.utils import utcnow
from moto.ecs.models import TaskDefinition

from local.account.ecs.containers import Container
from local.account.ecs.dependencies import wait_for_dependencies
from local.account.ecs.images import Images
from local.account.ecs.logs import LogStream
from local.account.ecs.plan import Plan, make_plan
from local.account.ecs.ports import Ports
from local.account.ecs.probing import Verdict
from local.account.ecs.refusal import TaskError
from local.account.ecs.targets import Target
from local.account.ecs.views import container_view, task_view
from local.account.leftovers import Journal
from local.account.rds.databases import databases_of

Json = dict[str, Any]

log = logging.getLogger(__name__)
SETTLED: Final = 0.5  # seconds: a task is not taken for healthy before it has run this long


class Place(Protocol):
    """What a task needs to know of the account and the region it runs in."""

    account_id: str
    region: str
    images: Images
    journal: Journal

    def platform(self, container_id: str) -> Mapping[str, str]:
        """Return the variables that Fargate itself gives to a container."""


class Task:
    """A task of a definition. `shown` is what DescribeTasks answers; `changed` is called whenever it changes.

    `request` is that of RunTask, or what the service of the task makes of its own: with `loadBalancers` the
    task is a target while it runs.
    """

    def __init__(
        self,
        place: Place,
        definition: TaskDefinition,
        cluster_arn: str,
        request: Json,
        changed: Callable[[], object],
    ) -> None:
        self.id, self.changed = uuid.uuid4().hex, changed
        self.stopping, self.ended = asyncio.Event(), asyncio.Event()
        self.definition = definition
        self._place, self._request, self._settled = place, request, False
        self._ports = Ports(definition.container_definitions)
        self._targets: list[Target] = []
        arn = cluster_arn.replace(":cluster/", ":task/") + f"/{self.id}"
        self.shown = task_view(arn, definition, cluster_arn, request)
        self._containers: dict[str, Container] = {}
        definitions: list[Json] = definition.container_definitions
        for each in definitions:
            view = container_view(self.shown, each, self._ports)
            self.shown["containers"].append(view)
            self._containers[view["name"]] = Container(view, each, self._container_changed)
        self._job = asyncio.create_task(self._run())

    @property
    def healthy(self) -> bool:
        """Whether it runs, and every check of it says that it is well."""
        return (
            self._settled
            and not self.stopping.is_set()
            and all(target.verdict is Verdict.HEALTHY for target in self._targets)
            and all(each.health == "HEALTHY" for each in self._containers.values() if each.checked)
        )

    @property
    def problem(self) -> str | None:
        """What its health checks found, in the scheduler's words; None when they found nothing."""
        if self.shown["healthStatus"] == "UNHEALTHY":
            return "Task failed container health checks"
        sick = [target for target in self._targets if target.verdict is Verdict.UNHEALTHY]
        return f"Task failed ELB health checks in (target-group {sick[0].arn})" if sick else None

    def stop(self, code: str, reason: str) -> None:
        """Ask it to end; only the first reason is kept."""
        if not self.stopping.is_set():
            self.shown |= {"desiredStatus": "STOPPED", "stopCode": code, "stoppedReason": reason}
            self.shown["stoppingAt"] = utcnow()
            self.stopping.set()
            self.changed()

    def kill(self) -> None:
        """End its processes at once."""
        for container in self._containers.values():
            container.kill()

    async def _run(self) -> None:
        jobs: list[asyncio.Task[None]] = []
        try:
            jobs += [asyncio.create_task(self._contain(plan)) for plan in self._plans()]
            if await self._started():
                self._serve()
        except Exception as error:  # noqa: BLE001 - it did not start, and says why
            self._failed(error)
        await self.stopping.wait()
        self._show("DEACTIVATING")
        await asyncio.gather(*(target.deregister() for target in self._targets))
        self._show("STOPPING")
        await asyncio.gather(*(each.stop() for each in self._containers.values()), *jobs)
        self._ports.release()
        for container in self._containers.values():
            container.shown["lastStatus"] = "STOPPED"
        now = utcnow()
        self._show("STOPPED", stoppedAt=now, executionStoppedAt=now)
        self.ended.set()

    def _plans(self) -> list[Plan]:
        overrides = self.shown["overrides"].get("containerOverrides", [])
        place, plans = self._place, []
        databases = databases_of(place.account_id)
        for each in self.definition.container_definitions:
            override: Json = next((one for one in overrides if one["name"] == each["name"]), {})
            log = LogStream(place.account_id, place.region, each, self.id)
            plan = make_plan(
                each,
                override,
                platform=place.platform(f"{self.id}-{each['name']}"),
                images=place.images,
                log=log,
                ports=self._ports,
                journal=place.journal,
                authority=databases.authority if databases else None,
            )
            plans.append(plan)
        self._show("PENDING", pullStartedAt=utcnow(), pullStoppedAt=utcnow())
        return plans

    async def _contain(self, plan: Plan) -> None:
        container = self._containers[plan.definition["name"]]
        try:
            waiting = wait_for_dependencies(plan.definition, self._containers)
            if await self._unless_stopped(waiting):
                await container.run(plan)
        except Exception as error:  # noqa: BLE001 - as above
            self._failed(error)
        if container.essential:
            self.stop("EssentialContainerExited", "Essential container in task exited")

    async def _started(self) -> bool:
        starts = [each.started for each in self._containers.values()]
        await self._unless_stopped(asyncio.gather(*(each.wait() for each in starts)))
        return all(each.is_set() for each in starts)  # also when one has ended meanwhile

    def _serve(self) -> None:
        self._show("RUNNING", startedAt=utcnow())
        for each in self._request.get("loadBalancers", ()):
            arn, port = each["targetGroupArn"], each["containerPort"]
            self._targets.append(Target(self._place.account_id, arn, port, self._ports))
            self._targets[-1].register(self.changed)
        asyncio.get_running_loop().call_later(SETTLED, self._settle)

    async def _unless_stopped(self, awaited: Awaitable[object]) -> bool:
        """Wait for something, and say whether it came before the task was asked to end."""
        work = asyncio.ensure_future(awaited)
        stop = asyncio.ensure_future(self.stopping.wait())
        await asyncio.wait([work, stop], return_when=asyncio.FIRST_COMPLETED)
        stop.cancel()
        if self.stopping.is_set():
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            return False
        await work  # its exception, if it has one
        return True

    def _failed(self, error: Exception) -> None:
        name = error.container if isinstance(error, TaskError) else None
        if not isinstance(error, TaskError):
            log.error("task %s", self.id, exc_info=error)
        if name:
            self._containers[name].shown["reason"] = str(error)
        self.stop("TaskFailedToStart", str(error) or type(error).__name__)

    def _settle(self) -> None:
        self._settled = True
        self.changed()

    def _container_changed(self) -> None:
        essential = [each for each in self._containers.values() if each.essential and each.checked]
        found = {each.health for each in essential} or {"UNKNOWN"}
        # one that is unwell makes the task unwell; the task is well when all of them are
        worst = next(health for health in ("UNHEALTHY", "UNKNOWN", "HEALTHY") if health in found)
        self.shown["healthStatus"] = worst
        self.changed()

    def _show(self, status: str, **more: object) -> None:
        self.shown |= more | {"lastStatus": status}
        self.shown["version"] += 1
        self.changed()
