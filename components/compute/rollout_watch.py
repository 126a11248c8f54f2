"""One rollout while it is waited for: what ECS shows of it, and what that means.

ECS reports a rollback as a success: the service is stable again, on the old revision. So what is watched is the newest
deployment, by its revision and its rollout state, whoever began it: an update, this module, or a person.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from botocore.exceptions import ConnectionError as NoConnectionError
from botocore.exceptions import HTTPClientError

from components.compute.rollout_view import LONG_AGO, Deployment, View, revision_name, short_name
from components.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient

Report: TypeAlias = Callable[[str], None]
# ECS may answer from before our own UpdateService; for longer than this it does not.
STALE_SECONDS: Final = 30.0
SERVICES_AT_ONCE: Final = 10  # DescribeServices takes no more


@dataclass(frozen=True, kw_only=True)
class Rollout:
    """The revision that a service shall run, all by ARN, and how long to wait for it."""

    cluster: str
    service: str
    task_definition: str
    callees: Mapping[str, str]
    log_group: str
    timeout_seconds: float


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often to look and to tell. Quick at first: a local account is done in a second, AWS in minutes."""

    first_seconds: float = 0.25
    longest_seconds: float = 6.0
    growth: float = 1.4
    tell_seconds: float = 15.0


PACE: Final = Pace()


class GivenUpError(Exception):
    """The rollout cannot succeed any more; its text is the first part of the failure's."""


class Watch:
    """One rollout while it is waited for."""

    def __init__(self, rollout: Rollout, ecs: ECSClient, report: Report) -> None:
        self.rollout, self.ecs, self.report = rollout, ecs, report
        self.name = short_name(rollout.service)
        self.what = f"{self.name}: revision {revision_name(rollout.task_definition)}"
        self.view: View | None = None
        self.asked: Deployment | None = None
        self.stale_until = 0.0

    @property
    def progress(self) -> str:
        """How far it is, as far as is known."""
        return self.view.progress() if self.view else "ECS has not answered yet"

    def events(self) -> list[str]:
        """What ECS noted of the service, for failures in which no task ever began."""
        return [f"  ECS: {each}" for each in self.view.events] if self.view else []

    async def tell(self, every_seconds: float) -> None:
        """Say what is waited for, until cancelled; also while a call to AWS hangs."""
        while True:
            await asyncio.sleep(every_seconds)
            self.report(f"waits for {self.what}: {self.progress}")

    async def until_it_runs(self, pace: Pace) -> None:
        """Ask for the revision once more if need be; return when it runs, raise when it cannot any more."""
        view = await self._look()
        if why := await self._why_ask_again(view.newest):
            self.report(f"{self.name}: {why}; asks ECS for a new deployment")
            view = await self._ask_again()
        wait = pace.first_seconds
        while not self._runs(view):
            await asyncio.sleep(wait)
            wait = min(wait * pace.growth, pace.longest_seconds)
            view = await self._look()

    async def _look(self) -> View:
        try:
            answer = await in_thread(
                self.ecs.describe_services,
                cluster=self.rollout.cluster,
                services=[self.rollout.service],
            )
        except (NoConnectionError, HTTPClientError) as error:  # a long wait need not end for that
            if self.view is None:
                raise
            self.report(f"{self.name}: ECS cannot be reached, looks again: {error}")
            return self.view
        if not answer["services"] or answer["services"][0].get("status") != "ACTIVE":
            raise GivenUpError(f"{self.what} does not run: the service does not exist any more")
        self.view = View.of(answer["services"][0])
        return self.view

    async def _why_ask_again(self, newest: Deployment) -> str | None:
        """A reason to begin a deployment before waiting; None when the newest one is the right one."""
        if newest.revision != self.rollout.task_definition:
            now = revision_name(newest.revision)
            return f"runs {now}: an earlier rollout failed, or somebody went back by hand"
        if newest.state == "FAILED":
            return "its last rollout failed"
        callees = await self._callees_created()
        if new := sorted(each for each in callees if callees[each] >= newest.created):
            return f"its tasks cannot see {', '.join(new)}, which came after them"
        return None

    async def _ask_again(self) -> View:
        answer = await in_thread(
            self.ecs.update_service,
            cluster=self.rollout.cluster,
            service=self.rollout.service,
            taskDefinition=self.rollout.task_definition,
            forceNewDeployment=True,
        )
        self.view = View.of(answer["service"])
        self.asked = self.view.newest
        self.stale_until = asyncio.get_running_loop().time() + STALE_SECONDS
        return self.view

    def _runs(self, view: View) -> bool:
        newest, wanted = view.newest, self.rollout.task_definition
        if self._is_stale(newest):
            return False
        failed = view.failed(wanted)
        said = f"\n  ECS: {failed.reason}" if failed and failed.reason else ""
        if newest.revision != wanted:
            now = revision_name(newest.revision)
            raise GivenUpError(
                f"{self.what} did not roll out, the service is on {now} instead{said}"
            )
        if newest.state == "FAILED":
            raise GivenUpError(
                f"{self.what} did not roll out, and there is none to go back to{said}"
            )
        return newest.state == "COMPLETED"

    def _is_stale(self, newest: Deployment) -> bool:
        """Whether an answer is from before we asked. Not for ever: a rollback may carry an old date."""
        if self.asked is None or newest.created >= self.asked.created:
            return False
        return asyncio.get_running_loop().time() < self.stale_until

    async def _callees_created(self) -> dict[str, datetime]:
        """When each callee's endpoint came to be; one that has no service yet has none."""
        names = {arn: name for name, arn in self.rollout.callees.items()}
        arns, created = sorted(names), {}
        for start in range(0, len(arns), SERVICES_AT_ONCE):
            answer = await in_thread(
                self.ecs.describe_services,
                cluster=self.rollout.cluster,
                services=arns[start : start + SERVICES_AT_ONCE],
            )
            for each in answer["services"]:
                if each.get("status") == "ACTIVE":
                    created[names[each["serviceArn"]]] = each.get("createdAt", LONG_AGO)
        return created
