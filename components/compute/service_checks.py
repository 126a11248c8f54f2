"""What can be wrong with the plain values of a Fargate service, all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from components.compute.app_environment import YIELDING, platform_environment
from components.compute.container_definitions import APP
from components.compute.sidecar import Sidecar
from components.compute.variable_names import shows_a_secret

NAME: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
FAMILY: Final = re.compile(r"[A-Za-z0-9_-]{1,255}")
VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
PATH: Final = re.compile(r"/[A-Za-z0-9/_.-]*")
PORTS: Final = range(1024, 65536)
LEAST_CONTAINER_MIB: Final = 6  # ECS refuses less
SHELLS: Final = frozenset({"sh", "bash", "dash", "/bin/sh", "/bin/bash"})
# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION_DAYS: Final = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)


def name_problems(service_name: str, family: str) -> list[str]:
    """Names that ECS or Service Connect would refuse."""
    found = []
    if not NAME.fullmatch(service_name):
        found.append(
            "service_name is 1 to 63 lower-case letters, digits and hyphens, with none of these at"
            f" an end, got {service_name!r}"
        )
    if not FAMILY.fullmatch(family):
        found.append(f"family is 1 to 255 letters, digits, hyphens and underscores, got {family!r}")
    return found


def run_problems(command: Sequence[str], port: int, image: str | None, path: str) -> list[str]:
    """What keeps the container from starting, answering or ending."""
    found = []
    if not command:
        found.append("command is empty: name the program and its arguments")
    elif command[0] in SHELLS:
        found.append(
            f"command starts with {command[0]}, which keeps SIGTERM from the program:"
            " name the program itself"
        )
    if port not in PORTS:
        found.append(f"port is 1024 to 65535 for a user that is not root, got {port}")
    if image is not None and not re.fullmatch(r"\S+", image):
        found.append(f"image is a reference without spaces, or None, got {image!r}")
    if not PATH.fullmatch(path):
        found.append(f"health_check_path is a plain path such as /health, got {path!r}")
    return found


def variable_problems(environment: Mapping[str, str], secrets: Iterable[str]) -> list[str]:
    """Variables that are no names, that the platform owns, or that would show a secret."""
    owned = set(platform_environment(0)) - YIELDING
    found = [
        f"environment.{name} looks like a secret: give it by secrets, which takes an ARN"
        for name in sorted(environment)
        if shows_a_secret(name)
    ]
    found += [
        f"environment.{name} is set by the platform: leave it out"
        for name in sorted(owned & set(environment))
    ]
    found += [
        f"{name!r} is no name of a variable"
        for name in sorted({*environment, *secrets})
        if not VARIABLE.fullmatch(name)
    ]
    found += [
        f"{name} is both in environment and in secrets"
        for name in sorted(set(environment) & set(secrets))
    ]
    return found


def sidecar_problems(sidecars: Sequence[Sidecar]) -> list[str]:
    """Sidecars that ECS would refuse, or that would show a secret."""
    names = [APP, *(each.name for each in sidecars)]
    found = [
        f"{name} is the name of two containers"
        for name in sorted(set(names))
        if names.count(name) > 1
    ]
    for each in sidecars:
        if each.memory_mib < LEAST_CONTAINER_MIB:
            found.append(
                f"sidecar {each.name}: memory_mib is at least {LEAST_CONTAINER_MIB},"
                f" got {each.memory_mib}"
            )
        found += [
            f"sidecar {each.name}: environment.{name} looks like a secret: give it by secrets"
            for name in sorted(each.environment)
            if shows_a_secret(name)
        ]
    return found


def count_problems(
    *, min_tasks: int, max_tasks: int, grace_seconds: int, log_retention_days: int
) -> list[str]:
    """Numbers out of their range."""
    found = []
    if grace_seconds < 0:
        found.append(f"health_check_grace_seconds is at least 0, got {grace_seconds}")
    if not 1 <= min_tasks <= max_tasks:
        found.append(f"1 <= min_tasks <= max_tasks, got {min_tasks} and {max_tasks}")
    if log_retention_days not in RETENTION_DAYS:
        allowed = ", ".join(map(str, RETENTION_DAYS))
        found.append(f"log_retention_days is one of {allowed}, got {log_retention_days}")
    return found
