"""What runs the tasks and services of an account: one event loop in one thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from local.account.ecs.images import Images
from local.account.ecs.metadata import task_metadata
from local.account.ecs.region import Region
from local.account.errors import AccountError
from local.account.leftovers import Journal

Json = dict[str, Any]
T = TypeVar("T")

STOP_SECONDS: Final = 5.0  # that tasks have to end by themselves when the account stops
TASK_ID: Final = 32  # characters
_engines: Final[dict[str, Engine]] = {}


class Engine:
    """The ECS of one account. While it runs, `engine_of` finds it by the account's id."""

    def __init__(self, account_id: str, images: Images, journal: Journal, endpoint: str) -> None:
        if account_id in _engines:
            raise AccountError(f"account {account_id} runs already in this process")
        self._account_id, self._images, self._journal = account_id, images, journal
        self._endpoint = endpoint
        self._regions: dict[str, Region] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="ecs", daemon=True)
        self._thread.start()
        _engines[account_id] = self

    def call(self, region: str, work: Callable[[Region], T]) -> T:
        """Do something with a region in the event loop, where nothing else happens meanwhile."""

        async def do() -> T:
            return work(self._region(region))

        return asyncio.run_coroutine_threadsafe(do(), self._loop).result()

    def metadata(self, path: str) -> Json:
        """Answer what a container asks for at `TASK-CONTAINER` or `TASK-CONTAINER/task`; KeyError for others."""
        container_id, _, page = path.partition("/")
        task_id, name = container_id[:TASK_ID], container_id[TASK_ID + 1 :]
        for region in list(self._regions):
            if task := self.call(region, lambda here: here.tasks.get(task_id)):
                shown = task_metadata(task)
                return shown if page == "task" else _container(shown, name)
        raise KeyError(path)

    def stop(self) -> None:
        """End every task, those that do not end by themselves by force."""
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        del _engines[self._account_id]
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _end(self) -> None:
        regions = self._regions.values()
        for service in [each for region in regions for each in region.services.values()]:
            service.close()
        tasks = [each for region in regions for each in region.tasks.values()]
        for task in tasks:
            task.stop("UserInitiated", "the local account stops")
        waits = [asyncio.create_task(task.ended.wait()) for task in tasks]
        if waits:
            await asyncio.wait(waits, timeout=STOP_SECONDS)
        for task in tasks:
            task.kill()
        if waits:
            await asyncio.wait(waits, timeout=STOP_SECONDS)
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for each in rest:
            each.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        await asyncio.get_running_loop().shutdown_default_executor()

    def _region(self, name: str) -> Region:
        if name not in self._regions:
            self._regions[name] = Region(
                self._account_id, name, self._images, self._journal, self._endpoint
            )
        return self._regions[name]


def engine_of(account_id: str) -> Engine | None:
    """Find the ECS of an account that runs in this process."""
    return _engines.get(account_id)


def _container(task: Json, name: str) -> Json:
    found: dict[str, Json] = {each["Name"]: each for each in task["Containers"]}
    return found[name]
