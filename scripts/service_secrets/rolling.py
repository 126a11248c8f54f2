"""New tasks for the services whose external secrets were changed."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from scripts.service_secrets.aws import Aws
from scripts.service_secrets.errors import SecretsError
from scripts.service_secrets.inventory import Entry
from scripts.service_secrets.states import read_state
from scripts.service_secrets.watching import Roll, wait
from stacks.names import cluster_name, slug
from stacks.settings import StackSettings

# Times of versions may be whole seconds.
ROUNDING: Final = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Rolling:
    """How to roll, and how to tell of it."""

    settings: StackSettings
    again: bool
    say: Callable[[str], None]
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


def roll(aws: Aws, entries: Sequence[Entry], how: Rolling) -> None:
    """Roll each service that runs tasks from before its value was set, all at once, and wait until the last is done."""
    set_at = _set_at(aws, entries)
    services = {slug(each): each for each in dict.fromkeys(entry.service for entry in entries)}
    cluster = cluster_name(how.settings.stack)
    # Ten services are the most that a call takes, and more than use one secret.
    running = {
        str(each["serviceName"]): each
        for each in _described(aws, cluster, list(services))
        if each.get("status") == "ACTIVE"
    }
    rolls = []
    for name, service in services.items():
        if name not in running:
            how.say(f"{service}: runs no tasks yet, so there is nothing to roll")
        elif not how.again and _runs_with(running[name], set_at[service]):
            how.say(f"{service}: its tasks began after the value was set, so they have it")
        else:
            rolls.append(_begin(aws, cluster, name, service))
            how.say(f"{service}: begins new tasks")
    wait(
        aws,
        cluster,
        rolls,
        limit_seconds=how.settings.compute.rollout_timeout_seconds,
        say=how.say,
        sleep=how.sleep,
        clock=how.clock,
    )


def _set_at(aws: Aws, entries: Sequence[Entry]) -> dict[str, datetime]:
    """By service, when the newest of its values was set."""
    found: dict[str, datetime] = {}
    problems = []
    for each in entries:
        state = read_state(aws, each.name)
        if state is None or state.set_at is None:
            problems.append(f"{each.name} has no value yet; set it first")
        else:
            found[each.service] = max(state.set_at, found.get(each.service, state.set_at))
    if problems:
        raise SecretsError("\n  ".join(["nothing was changed", *problems]))
    return found


def _described(aws: Aws, cluster: str, services: list[str]) -> list[dict[str, Any]]:
    absent = ("ClusterNotFoundException",)
    answer = aws.find("ecs", "describe_services", absent, cluster=cluster, services=services)
    return [] if answer is None else list(answer["services"])


def _runs_with(service: dict[str, Any], set_at: datetime) -> bool:
    newest = _primary(service)
    began: datetime = newest.get("createdAt", datetime.min.replace(tzinfo=UTC))
    return newest.get("rolloutState") != "FAILED" and began > set_at + ROUNDING


def _begin(aws: Aws, cluster: str, name: str, service: str) -> Roll:
    # Without a task definition ECS takes the one that the service has: nothing but the values changes.
    answer = aws.call(
        "ecs", "update_service", cluster=cluster, service=name, forceNewDeployment=True
    )
    newest = _primary(answer["service"])
    return Roll(service=service, name=name, deployment=str(newest["id"]))


def _primary(service: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in service["deployments"] if each.get("status") == "PRIMARY")
