"""Why tasks of a revision did not live: ECS's reasons, exit codes, and what the containers said last."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from components.compute.container_definitions import APP
from components.compute.rollout_view import LONG_AGO, short_name
from components.compute.task_log import LOG_STREAM_PREFIX
from components.threads import in_thread

if TYPE_CHECKING:
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_ecs.type_defs import ContainerTypeDef, TaskTypeDef
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_logs.type_defs import OutputLogEventTypeDef

PATIENCE_SECONDS: Final = 30.0
TASKS_READ: Final = 100  # as many as one DescribeTasks takes
REASONS_SHOWN: Final = 3
LINES_SHOWN: Final = 20
LONGEST_LINE: Final = 240
# ECS stops healthy tasks too, when a deployment gives way: that explains nothing.
UNREMARKABLE: Final = "Scaling activity initiated by"


async def evidence(
    ecs: ECSClient,
    logs: CloudWatchLogsClient,
    *,
    cluster: str,
    service: str,
    revision: str,
    log_group: str,
) -> list[str]:
    """Readable lines, none when no task of the revision ended. Never raises: the failure itself must be told."""

    def collect() -> list[str]:
        tasks = failed_tasks(_stopped(ecs, cluster, short_name(service)), revision)
        return [*reasons(tasks), *(last_lines(logs, tasks[0], log_group) if tasks else [])]

    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await in_thread(collect)
    except (TimeoutError, BotoCoreError, ClientError) as error:
        return [f"  why its tasks ended cannot be read: {type(error).__name__}: {error}"]


def failed_tasks(tasks: Iterable[TaskTypeDef], revision: str) -> list[TaskTypeDef]:
    """The tasks of a revision that ended by no one's wish, the last first."""
    found = [
        each
        for each in tasks
        if each.get("taskDefinitionArn") == revision
        and not each.get("stoppedReason", "").startswith(UNREMARKABLE)
    ]
    return sorted(found, key=lambda each: each.get("stoppedAt", LONG_AGO), reverse=True)


def reasons(tasks: Iterable[TaskTypeDef]) -> list[str]:
    """Each distinct reason once, with the number of tasks, the most frequent first."""
    counted = Counter(map(_reason, tasks)).most_common(REASONS_SHOWN)
    return [
        f"  {count} {'task' if count == 1 else 'tasks'} stopped: {text}" for text, count in counted
    ]


def _reason(task: TaskTypeDef) -> str:
    said = task.get("stoppedReason") or task.get("stopCode") or "no reason given"
    exits = [_exit(each) for each in task.get("containers", []) if _ended_badly(each)]
    return f"{said} ({', '.join(exits)})" if exits else said


def _exit(container: ContainerTypeDef) -> str:
    name = container.get("name", "?")
    if container.get("reason"):
        return f"{name}: {container['reason']}"
    return f"{name}: exit code {container.get('exitCode')}"


def _ended_badly(container: ContainerTypeDef) -> bool:
    return bool(container.get("reason") or container.get("exitCode"))


def _stopped(ecs: ECSClient, cluster: str, service: str) -> Sequence[TaskTypeDef]:
    listed = ecs.list_tasks(
        cluster=cluster, serviceName=service, desiredStatus="STOPPED", maxResults=TASKS_READ
    )
    if not listed["taskArns"]:
        return []
    return ecs.describe_tasks(cluster=cluster, tasks=listed["taskArns"])["tasks"]


def last_lines(
    logs: CloudWatchLogsClient, task: TaskTypeDef, log_group: str, otherwise: str = APP
) -> list[str]:
    """What the container that ended badly said last; without such a one, the container `otherwise`."""
    names = [each.get("name", APP) for each in task.get("containers", []) if _ended_badly(each)]
    container, identity = (names or [otherwise])[0], short_name(task.get("taskArn", ""))
    events = _events(logs, log_group, f"{LOG_STREAM_PREFIX}/{container}/{identity}")
    if not events:
        return [f"  {container} of task {identity} has logged nothing"]
    lines = [each.get("message", "").rstrip()[:LONGEST_LINE] for each in events]
    return [f"  last lines of {container} in task {identity}:", *(f"    {each}" for each in lines)]


def _events(logs: CloudWatchLogsClient, group: str, stream: str) -> Sequence[OutputLogEventTypeDef]:
    try:
        return logs.get_log_events(
            logGroupName=group, logStreamName=stream, limit=LINES_SHOWN, startFromHead=False
        )["events"]
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return []  # the container never ran, so it has no stream
        raise
