"""Waits until the revision that was asked for is the one that runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from components.compute.rollout_evidence import evidence
from components.compute.rollout_watch import PACE, GivenUpError, Pace, Report, Rollout, Watch

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_logs import CloudWatchLogsClient


class RolloutFailedError(Exception):
    """The service does not run the revision; the text says why, and what its tasks said last."""


async def follow(
    rollout: Rollout,
    *,
    ecs: ECSClient,
    logs: CloudWatchLogsClient,
    report: Report,
    pace: Pace = PACE,
) -> None:
    """Return when the service runs the revision, having asked ECS for it once more if need be; raise otherwise.

    Cancelling stops it at once and leaves ECS at work.
    """
    watch = Watch(rollout, ecs, report)
    telling = asyncio.create_task(watch.tell(pace.tell_seconds))
    try:
        async with asyncio.timeout(rollout.timeout_seconds) as limit:
            await watch.until_it_runs(pace)
    except GivenUpError as error:
        problem = str(error)
    except TimeoutError:
        if not limit.expired():
            raise
        problem = (
            f"{watch.what} does not run after {rollout.timeout_seconds:g} s: {watch.progress};"
            " ECS goes on by itself, and the next update waits for it again"
        )
    else:
        report(f"{watch.what} runs: {watch.progress}")
        return
    finally:
        telling.cancel()
    why = await evidence(
        ecs,
        logs,
        cluster=rollout.cluster,
        service=rollout.service,
        revision=rollout.task_definition,
        log_group=rollout.log_group,
    )
    raise RolloutFailedError("\n".join([problem, *(why or watch.events())]))
