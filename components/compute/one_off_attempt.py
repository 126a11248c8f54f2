"""One run of a task, from what an earlier run left behind to its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from botocore.exceptions import BotoCoreError, ClientError

from components.compute.one_off import OneOff, OneOffFailedError
from components.compute.one_off_start import NoRoomError, NotStartedError, start
from components.compute.one_off_tasks import Tasks
from components.compute.rollout_view import LONG_AGO, revision_name, short_name
from components.compute.rollout_watch import Pace
from components.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import TaskTypeDef

Report: TypeAlias = Callable[[str], None]


class Attempt:
    """One run of a task. It can be stopped at any moment, also while the call that starts it is on its way."""

    def __init__(self, one: OneOff, ecs: ECSClient, report: Report) -> None:
        self.one, self.ecs, self.report = one, ecs, report
        self.tasks = Tasks(one, ecs)
        self.what = f"{one.gate}: task {revision_name(one.task_definition)}"
        self.progress = "ECS has not answered yet"
        self.last: TaskTypeDef | None = None
        self._arn: str | None = None
        self._starting: asyncio.Future[TaskTypeDef] | None = None

    async def tell(self, every_seconds: float) -> None:
        """Say what is waited for, until cancelled; also while a call to AWS hangs."""
        while True:
            await asyncio.sleep(every_seconds)
            self.report(f"waits for {self.what}: {self.progress}")

    async def until_it_ends(self, pace: Pace) -> TaskTypeDef:
        """Take over the task that an earlier run began, or start one; return it when it has stopped, however."""
        self._arn = await self._taken_over(pace) or await self._started(pace)
        wait = pace.first_seconds
        while (ended := self._ended(self._arn, await self.tasks.look([self._arn]))) is None:
            await asyncio.sleep(wait)
            wait = min(wait * pace.growth, pace.longest_seconds)
        return ended

    async def stop(self, why: str, within_seconds: float) -> str:
        """Ask ECS to stop the task if there is one, and say what came of it. Never raises for what AWS answers."""
        try:
            async with asyncio.timeout(within_seconds):
                if self._arn is None and self._starting is not None:
                    self._arn = (await self._starting)["taskArn"]
                if self._arn is None:
                    return "it was not started"
                await self.tasks.stop(self._arn, why)
        except NotStartedError:
            return "it was not started"
        except (TimeoutError, BotoCoreError, ClientError) as error:
            said = str(error) or "ECS did not answer in time"
            return f"it may still run, and the next update takes it over: {said}"
        return f"{short_name(self._arn)} was told to stop"

    def _ended(self, arn: str, found: Sequence[TaskTypeDef] | None) -> TaskTypeDef | None:
        name = short_name(arn)
        if found:
            self.last = found[0]
            status = self.last.get("lastStatus")
            self.progress = f"{name} is {status}"
            return self.last if status == "STOPPED" else None
        if found is None:
            self.report(f"{self.what}: ECS cannot be reached, looks again")
        elif self.last is not None:
            raise OneOffFailedError(f"{self.what}: ECS does not know {name} any more")
        else:  # the answer is from before its start
            self.progress = f"ECS does not know {name} yet"
        return None

    async def _taken_over(self, pace: Pace) -> str | None:
        """The newest task of this revision that runs. All other tasks of the gate have ended when this returns."""
        mine = await self.tasks.unfinished()
        same = [each for each in mine if self._is_usable(each)]
        kept = max(same, key=lambda each: each.get("createdAt", LONG_AGO), default=None)
        others = [each["taskArn"] for each in mine if each is not kept]
        for arn in others:
            self.report(f"{self.what}: an earlier run left {short_name(arn)}, which is stopped")
            await self.tasks.stop(arn, "a later run replaces it")
        while others:
            self.progress = f"{len(others)} of an earlier run must end first"
            found = await self.tasks.look(others)
            if found is not None:
                others = [each["taskArn"] for each in found if each.get("lastStatus") != "STOPPED"]
            await asyncio.sleep(pace.first_seconds if others else 0)
        if kept is None:
            return None
        self.report(f"{self.what}: an earlier run left {short_name(kept['taskArn'])}; waits for it")
        return kept["taskArn"]

    def _is_usable(self, task: TaskTypeDef) -> bool:
        return (
            task.get("taskDefinitionArn") == self.one.task_definition
            and task.get("desiredStatus") == "RUNNING"
        )

    async def _started(self, pace: Pace) -> str:
        while True:
            # Shielded: when this wait is cancelled, `stop` needs to know what the call began.
            self._starting = asyncio.ensure_future(in_thread(start, self.ecs, self.one))
            try:
                return (await asyncio.shield(self._starting))["taskArn"]
            except NoRoomError as error:
                self.progress = f"ECS has no room for it: {error}"
                self.report(f"{self.what}: {self.progress}; asks again")
            await asyncio.sleep(pace.longest_seconds)
