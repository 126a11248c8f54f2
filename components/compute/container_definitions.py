"""The containers of a task as ECS reads them: sorted, so that a difference is a change.

Values that only AWS knows (`secrets`, the image) may be outputs: the component that turns the list into JSON resolves them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from components.compute.app_environment import STOP_TIMEOUT_SECONDS, platform_environment
from components.compute.health_check import health_check
from components.compute.sidecar import Sidecar
from components.compute.task_log import LogTarget, log_configuration
from components.compute.task_policies import Arn

Definition: TypeAlias = dict[str, object]

APP: Final = "app"
DEBUG: Final = "debug"
PORT_NAME: Final = "http"
# No user of the images has this id: it owns none of their files and reads what everybody may read.
USER_ID: Final = 10001
USER: Final = f"{USER_ID}:{USER_ID}"
TMPFS_MIB: Final = 64


@dataclass(frozen=True, kw_only=True)
class AppContainer:
    """What distinguishes one application's container from another's."""

    image: str
    command: Sequence[str]
    port: int
    memory_mib: int
    keep_alive_seconds: int
    health_check_path: str
    start_period_seconds: int
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Arn] = field(default_factory=dict)


def container_definitions(
    app: AppContainer, sidecars: Sequence[Sidecar], log: LogTarget
) -> list[Definition]:
    """The application first, its sidecars by name."""
    return [
        app_definition(app, log),
        *(sidecar_definition(each, log) for each in sorted(sidecars, key=lambda each: each.name)),
    ]


def app_definition(app: AppContainer, log: LogTarget) -> Definition:
    """The application's container: it serves one named port and says itself whether it is well."""
    return _filled(
        {
            **_hardened(APP, app.image, app.memory_mib, log),
            "command": list(app.command),
            "environment": _variables(
                {**platform_environment(app.keep_alive_seconds), **app.environment}
            ),
            "essential": True,
            "healthCheck": health_check(app.port, app.health_check_path, app.start_period_seconds),
            "linuxParameters": {**_CONFINED, "tmpfs": [_tmpfs()]},
            "portMappings": [
                {
                    "appProtocol": "http",  # without it Service Connect counts no requests and errors
                    "containerPort": app.port,
                    "name": PORT_NAME,
                    "protocol": "tcp",
                }
            ],
            "secrets": _secrets(app.secrets),
            "stopTimeout": STOP_TIMEOUT_SECONDS,
        }
    )


def sidecar_definition(sidecar: Sidecar, log: LogTarget) -> Definition:
    """A sidecar's container."""
    return _filled(
        {
            **_hardened(sidecar.name, sidecar.image, sidecar.memory_mib, log),
            "command": list(sidecar.command),
            "environment": _variables(sidecar.environment),
            "essential": sidecar.essential,
            "secrets": _secrets(sidecar.secrets),
        }
    )


def debug_definition(
    *,
    image: str,
    memory_mib: int,
    hours: int,
    environment: Mapping[str, str],
    secrets: Mapping[str, Arn],
    log: LogTarget,
) -> Definition:
    """A container that waits for ECS Exec, whose agent needs a writable root, and ends after some hours."""
    return _filled(
        {
            **_hardened(DEBUG, image, memory_mib, log),
            "command": ["sleep", str(hours * 3600)],
            "environment": _variables(environment),
            "essential": True,
            "readonlyRootFilesystem": False,
            "secrets": _secrets(secrets),
        }
    )


def one_off_definition(
    *,
    name: str,
    image: Arn,
    memory_mib: int,
    command: Sequence[str],
    environment: Mapping[str, Arn],
    secrets: Mapping[str, Arn],
    log: LogTarget,
) -> Definition:
    """A container that does one thing and ends, hardened as an application; it can write to /tmp alone."""
    return _filled(
        {
            **_hardened(name, image, memory_mib, log),
            "command": list(command),
            "environment": _variables({"HOME": "/tmp", **environment}),  # noqa: S108 - the tmpfs
            "essential": True,
            "linuxParameters": {**_CONFINED, "tmpfs": [_tmpfs()]},
            "secrets": _secrets(secrets),
        }
    )


_CONFINED: Final[Definition] = {"capabilities": {"drop": ["ALL"]}, "initProcessEnabled": True}


def _hardened(name: str, image: Arn, memory_mib: int, log: LogTarget) -> Definition:
    driver, options = log_configuration(log)
    return {
        "image": image,
        "linuxParameters": dict(_CONFINED),
        "logConfiguration": {"logDriver": driver, "options": options},
        "memory": memory_mib,
        "name": name,
        "readonlyRootFilesystem": True,
        "user": USER,
    }


def _tmpfs() -> Definition:
    """A task volume at /tmp would belong to root and refuse the application's user; a tmpfs can be given away."""
    options = [f"gid={USER_ID}", "nodev", "noexec", "nosuid", f"uid={USER_ID}"]
    return {"containerPath": "/tmp", "mountOptions": options, "size": TMPFS_MIB}  # noqa: S108


def _variables(values: Mapping[str, Arn]) -> list[Definition]:
    return [{"name": name, "value": values[name]} for name in sorted(values)]


def _secrets(references: Mapping[str, Arn]) -> list[Definition]:
    return [{"name": name, "valueFrom": references[name]} for name in sorted(references)]


def _filled(definition: Definition) -> Definition:
    """Without empty lists: ECS does not give them back, and the difference would show for ever."""
    return {key: value for key, value in definition.items() if value != []}
