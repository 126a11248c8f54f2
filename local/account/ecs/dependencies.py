"""The order in which the containers of a task start."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

from local.account.ecs.containers import Container
from local.account.ecs.refusal import TaskError


async def wait_for_dependencies(
    definition: dict[str, Any], containers: Mapping[str, Container]
) -> None:
    """Wait until every `dependsOn` condition of a container holds; TaskError when one never will."""
    for each in definition.get("dependsOn", []):
        other, condition = containers[each["containerName"]], each["condition"]
        match condition:
            case "START":
                await other.started.wait()
            case "HEALTHY":
                await _first(other.healthy.wait(), other.ended.wait())
            case _:
                await other.ended.wait()
        failed = {
            "HEALTHY": not other.healthy.is_set(),
            "SUCCESS": other.shown.get("exitCode") != 0,
        }
        if failed.get(condition, False):
            raise TaskError(
                f"CannotStartContainerError: dependency container {other.name} is not {condition}",
                definition["name"],
            )


async def _first(*waits: Awaitable[Any]) -> None:
    tasks = [asyncio.ensure_future(each) for each in waits]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
