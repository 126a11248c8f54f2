"""The health check of a container, really run."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Final

from local.account.ecs.plan import Plan
from local.account.ecs.probing import Pace, watch

SHELL: Final = ("/bin/sh", "-c")
DEFAULTS: Final = {"interval": 30, "timeout": 5, "retries": 3, "startPeriod": 0}  # ECS's own


async def check_health(plan: Plan, report: Callable[[str], object]) -> None:
    """Run the container's health check until cancelled, and report HEALTHY and UNHEALTHY.

    Interval, time-out, retries and start period are those of the definition. An early look (see `probing`)
    at a container with ports is spared while nothing listens on them. Without a check nothing is reported.
    """
    check = DEFAULTS | plan.definition.get("healthCheck", {})
    kind, *arguments = check.get("command", ["NONE"])
    if kind == "NONE":
        return
    rewritten = tuple(plan.ports.rewrite(each) for each in arguments)
    command = (*SHELL, *rewritten) if kind == "CMD-SHELL" else rewritten
    ports = [
        plan.ports.of(each["containerPort"]) for each in plan.definition.get("portMappings", [])
    ]

    async def probe(early: bool) -> str | None:
        if early and ports and not await _listens(ports[0]):
            return "nothing listens yet"
        return await _run(plan, command, check["timeout"])

    pace = Pace(interval=check["interval"], failures=check["retries"], grace=check["startPeriod"])
    await watch(pace, probe, lambda verdict, _: report(str(verdict)))


async def _run(plan: Plan, command: tuple[str, ...], patience: float) -> str | None:
    try:
        process = await plan.start(command, asyncio.subprocess.DEVNULL)
    except OSError as error:
        return f"{command[0]}: {error}"
    try:
        code = await asyncio.wait_for(process.wait(), patience)
    except TimeoutError:
        return f"no answer in {patience} s"
    finally:
        # also when the container ends or the account stops meanwhile
        process.kill()
        with contextlib.suppress(asyncio.CancelledError):
            await process.wait()
    return f"exit code {code}" if code else None


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
