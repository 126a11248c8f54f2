"""Runs one Fargate task to its end."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from components.compute.interrupts import cancelled_by_signals
from components.compute.one_off import OneOff, OneOffFailedError, problem
from components.compute.one_off_attempt import Attempt, Report
from components.compute.one_off_start import NotStartedError
from components.compute.rollout_evidence import PATIENCE_SECONDS, last_lines
from components.compute.rollout_watch import PACE, Pace
from components.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import TaskTypeDef
    from mypy_boto3_logs import CloudWatchLogsClient

# The engine kills a cancelled program after five seconds.
CANCEL_SECONDS: Final = 4.0
STOP_SECONDS: Final = 30.0


async def run_to_end(
    one: OneOff,
    *,
    ecs: ECSClient,
    logs: CloudWatchLogsClient,
    report: Report,
    pace: Pace = PACE,
) -> None:
    """Return when the task has ended well; raise otherwise.

    A task of the same revision that an earlier run left is waited for instead of a new one. Nobody's task is left
    behind: past the time-out, and when cancelled, it is told to stop, as far as AWS can be reached within seconds.
    """
    attempt = Attempt(one, ecs, report)
    telling = asyncio.create_task(attempt.tell(pace.tell_seconds))
    try:
        with cancelled_by_signals():
            await _follow(attempt, logs, pace)
    except asyncio.CancelledError:
        said = await attempt.stop("the update was cancelled", CANCEL_SECONDS)
        raise asyncio.CancelledError(f"{attempt.what}: cancelled; {said}") from None
    finally:
        telling.cancel()


async def _follow(attempt: Attempt, logs: CloudWatchLogsClient, pace: Pace) -> None:
    one, report = attempt.one, attempt.report
    try:
        async with asyncio.timeout(one.timeout_seconds) as limit:
            task = await attempt.until_it_ends(pace)
    except NotStartedError as error:
        raise OneOffFailedError(f"{attempt.what} was not started: {error}") from error
    except TimeoutError:
        if not limit.expired():
            raise
        said = await attempt.stop(f"not done after {one.timeout_seconds:g} s", STOP_SECONDS)
        found = f"{attempt.what} is not done after {one.timeout_seconds:g} s: {attempt.progress}"
        lines = [f"{found}; {said}", *await _said(logs, one, attempt.last)]
        raise OneOffFailedError("\n".join(lines)) from None
    if why := problem(task, one.container):
        lines = [f"{attempt.what} {why}", *await _said(logs, one, task)]
        raise OneOffFailedError("\n".join(lines))
    report(f"{attempt.what} ended well")


async def _said(logs: CloudWatchLogsClient, one: OneOff, task: TaskTypeDef | None) -> list[str]:
    """What the task said last. Never raises: the failure itself must be told."""
    if task is None:
        return []
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await in_thread(last_lines, logs, task, one.log_group, one.container)
    except (TimeoutError, BotoCoreError, ClientError) as error:
        return [f"  what it said cannot be read: {type(error).__name__}: {error}"]
