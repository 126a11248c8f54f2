"""What a container needs to start, all of it found before any container of its task starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from local.account.ecs.images import Images
from local.account.ecs.logs import LogStream
from local.account.ecs.ports import Ports
from local.account.ecs.processes import Process
from local.account.ecs.refusal import TaskError
from local.account.ecs.secrets import secret_value
from local.account.ecs.trust import trust
from local.account.leftovers import Journal

Json = dict[str, Any]

HOME: Final = "/nonexistent"  # nothing of the person who runs the account is read or written


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A container's command, its environment and its surroundings."""

    definition: Json
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    log: LogStream
    ports: Ports
    journal: Journal

    async def start(self, command: tuple[str, ...], output: int) -> Process:
        """Start a command of the container, its own or another one beside it."""
        return await Process.start(
            command,
            environment=self.environment,
            folder=self.folder,
            journal=self.journal,
            output=output,
        )


def make_plan(
    definition: Json,
    override: Json,
    *,
    platform: Mapping[str, str],
    images: Images,
    log: LogStream,
    ports: Ports,
    journal: Journal,
    authority: Path | None = None,
) -> Plan:
    """Resolve the image, the secrets and the command of a container; TaskError when one cannot be.

    The environment is what the definition and the override of this run say, and what Fargate itself would
    give: PATH, HOME and the `platform` variables; and the `authority` of the databases, if it verifies them. Nothing of the account's own environment reaches a task.
    """
    name = definition["name"]
    try:
        runtime = images.runtime(definition["image"])
    except TaskError as error:
        raise TaskError(str(error), name) from error
    plain = {
        each["name"]: each["value"]
        for each in [*definition.get("environment", []), *override.get("environment", [])]
    }
    secrets = {
        each["name"]: secret_value(each["valueFrom"]) for each in definition.get("secrets", [])
    }
    own = override.get("command") or definition.get("command", [])
    command = [ports.rewrite(each) for each in [*definition.get("entryPoint", []), *own]]
    if not command:
        raise TaskError(
            f"CannotStartContainerError: container {name} has no command; the command of an image is not known here",
            name,
        )
    return Plan(
        definition=definition,
        command=tuple(command),
        environment={
            "PATH": runtime.path,
            "HOME": HOME,
            **platform,
            **plain,
            **secrets,
            **trust({**plain, **secrets}, authority),
        },
        folder=runtime.folder,
        log=log,
        ports=ports,
        journal=journal,
    )
