"""One service: its settings, its deployments, its events, and what DescribeServices says of it."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Any, Final, Protocol

from moto.core.utils import utcnow

from local.account.ecs import scheduler
from local.account.ecs.deployments import DEPLOYED, Deployment
from local.account.ecs.tasks import Task

Json = dict[str, Any]

log = logging.getLogger(__name__)
EVENTS: Final = 100  # ECS keeps as many
HIDDEN: Final = ("cluster", "clientToken", "serviceConnectConfiguration", "volumeConfigurations")


class Starter(Protocol):
    """What a service needs of its region."""

    def start_task(self, service: Service, deployment: Deployment, request: Json) -> Task:
        """Start a task of the service."""

    def connect(self, service: Service, settings: Json) -> list[Json]:
        """Make the Service Connect endpoints of a deployment."""

    def disconnect(self, service: Service) -> None:
        """Remove the Service Connect endpoints."""


class Service:
    """A service with its deployments, the newest first. `settings` is what was asked for.

    Nothing is done while nothing happens: a change of a task, of the settings, or a time that was waited
    for calls for one step of the scheduler.
    """

    def __init__(self, region: Starter, settings: Json) -> None:
        self.settings, self.name, self.arn = (
            settings,
            settings["serviceName"],
            settings["serviceArn"],
        )
        self.region = region
        self.deployments: list[Deployment] = []
        self.events: list[Json] = []
        self.completed: Deployment | None = (
            None  # the last one that was: what a rollback goes back to
        )
        self.not_before = 0.0  # no task is started sooner, on the loop's clock
        self._wake = asyncio.Event()
        self.deploy(settings)
        self._job = asyncio.create_task(self._run())

    @property
    def desired(self) -> int:
        """How many tasks are wanted."""
        return int(self.settings["desiredCount"])

    def deploy(self, settings: Json, reason: str = "", *, is_rollback: bool = False) -> Deployment:
        """Begin to replace the tasks by tasks of these settings."""
        kept = {name: settings[name] for name in DEPLOYED if name in settings}
        deployment = Deployment(kept, is_rollback=is_rollback)
        deployment.reason = reason or f"ECS deployment {deployment.id} in progress."
        deployment.connected = self.region.connect(self, kept)
        self.settings |= kept
        self.deployments.insert(0, deployment)
        self.not_before = 0.0
        self.notify()
        return deployment

    def drain(self) -> None:
        """End all tasks; then the service is INACTIVE."""
        self.settings |= {"status": "DRAINING", "desiredCount": 0}
        self.region.disconnect(self)
        self.notify()

    def close(self) -> None:
        """Look after nothing any more; the tasks are left as they are."""
        self._job.cancel()

    def notify(self, after: float = 0.0) -> None:
        """Call for a step of the scheduler, now or after some seconds."""
        if after:
            asyncio.get_running_loop().call_later(after, self._wake.set)
        else:
            self._wake.set()

    def tell(self, message: str) -> None:
        """Add an event."""
        event = {
            "id": str(uuid.uuid4()),
            "createdAt": utcnow(),
            "message": f"(service {self.name}) {message}",
        }
        self.events = [event, *self.events[: EVENTS - 1]]

    def view(self) -> Json:
        """Describe it as DescribeServices does."""
        status = ("PRIMARY", *("ACTIVE" for _ in self.deployments[1:]))
        deployments = [
            each.view(status[place], self.desired if place == 0 else len(each.alive))
            for place, each in enumerate(self.deployments)
        ]
        totals = {
            count: sum(each[count] for each in deployments)
            for count in ("runningCount", "pendingCount")
        }
        shown = {name: value for name, value in self.settings.items() if name not in HIDDEN}
        return {
            **shown,
            **totals,
            "deployments": deployments,
            "events": list(self.events),
            "taskSets": [],
        }

    async def _run(self) -> None:
        while self.settings["status"] != "INACTIVE":
            await self._wake.wait()
            self._wake.clear()
            try:
                scheduler.step(self, asyncio.get_running_loop().time())
            except Exception:
                # e.g. its task definition was deleted: the service stays as it is until the next change
                log.exception("service %s", self.name)
                self.tell("was unable to place a task.")
