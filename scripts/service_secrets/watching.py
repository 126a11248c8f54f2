"""Wait for deployments until each has replaced all tasks, or cannot any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scripts.service_secrets.aws import Aws
from scripts.service_secrets.errors import SecretsError

FIRST_SECONDS: Final = 0.25
LONGEST_SECONDS: Final = 6.0
GROWTH: Final = 1.4
TELL_SECONDS: Final = 15.0
# ECS may answer from before our own UpdateService; for longer than this it does not.
STALE_SECONDS: Final = 30.0


@dataclass(frozen=True, kw_only=True)
class Roll:
    """A deployment that this command began."""

    service: str
    name: str
    deployment: str


def wait(
    aws: Aws,
    cluster: str,
    rolls: Sequence[Roll],
    *,
    limit_seconds: float,
    say: Callable[[str], None],
    sleep: Callable[[float], None],
    clock: Callable[[], float],
) -> None:
    """Return when all have succeeded; otherwise raise, once the last has ended, with those that have not."""
    began = told = clock()
    pause, open_, failed = FIRST_SECONDS, list(rolls), []
    while open_:
        sleep(pause)
        pause = min(pause * GROWTH, LONGEST_SECONDS)
        now = clock()
        services = _described(aws, cluster, open_)
        for each in list(open_):
            problem = _judged(each, services[each.name], stale=now - began < STALE_SECONDS)
            if problem is None:
                continue
            open_.remove(each)
            if problem:
                failed.append(f"{each.service}: {problem}")
            else:
                say(f"{each.service}: runs with the new value")
        if open_ and now - began > limit_seconds:
            failed += [f"{each.service}: not done after {limit_seconds:g} s" for each in open_]
            break
        if open_ and now - told >= TELL_SECONDS:
            told = now
            say(f"waits for {', '.join(_progress(each, services[each.name]) for each in open_)}")
    if failed:
        raise SecretsError("\n  ".join(["not every service runs with the new value", *failed]))


def _described(aws: Aws, cluster: str, rolls: Sequence[Roll]) -> dict[str, dict[str, Any]]:
    names = [each.name for each in rolls]
    answer = aws.call("ecs", "describe_services", cluster=cluster, services=names)
    found = {str(each["serviceName"]): each for each in answer["services"]}
    return {name: found.get(name, {}) for name in names}


def _deployment(roll: Roll, service: dict[str, Any]) -> dict[str, Any] | None:
    deployments: list[dict[str, Any]] = service.get("deployments", [])
    return next((each for each in deployments if each["id"] == roll.deployment), None)


def _judged(roll: Roll, service: dict[str, Any], *, stale: bool) -> str | None:
    """None: go on waiting. Empty: it has succeeded. Otherwise what went wrong."""
    own = _deployment(roll, service)
    if own is None:
        took = "another deployment took its place: ECS went back, or an update came between"
        return None if stale else f"{took}{_said(service)}"
    if own.get("rolloutState") == "FAILED":
        why = own.get("rolloutStateReason", "no reason given")
        return f"its new tasks do not run, and the old ones go on ({why}){_said(service)}"
    if own.get("status") != "PRIMARY":
        return f"another deployment took its place{_said(service)}"
    return "" if own.get("rolloutState") == "COMPLETED" else None


def _said(service: dict[str, Any]) -> str:
    events = service.get("events", [])[:1]
    return f"; ECS: {events[0].get('message', '')}" if events else ""


def _progress(roll: Roll, service: dict[str, Any]) -> str:
    own = _deployment(roll, service) or {}
    return f"{roll.service} ({own.get('runningCount', 0)} of {own.get('desiredCount', 0)} tasks)"
