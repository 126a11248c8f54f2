"""Run a Pulumi program in this process and keep what it asked for."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pulumi
from google.protobuf.message import Message
from pulumi.runtime import config as runtime_config
from pulumi.runtime import resource as runtime_resource
from pulumi.runtime import settings as runtime_settings
from pulumi.runtime._callbacks import _CallbackServicer
from pulumi.runtime.proto import resource_pb2, source_pb2

from tests.engine.monitor import STACK_TYPE, Callback, RecordingMonitor, Respond
from tests.engine.registration import Registration
from tests.engine.values import encode

ROOT: Final = Path(__file__).resolve().parents[2]
PROJECT: Final = "turnstay"
# A failing program leaves one pending future per property, and asyncio would print each.
logging.getLogger("asyncio").setLevel(logging.CRITICAL)
# Where in the program each resource is made, for the engine's own messages: a sixth of a recording's time.
NOWHERE: Final = source_pb2.StackTrace()


class LogKeeper:
    """The engine's side of `pulumi.log`."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def Log(self, request: Any) -> None:  # noqa: N802 - the RPC's name
        if request.severity > 0:
            self.messages.append(request.message)

    def RequirePulumiVersion(self, _: Any) -> None:  # noqa: N802
        """Every version is accepted."""


@dataclass
class Recording:
    """All that a program registered. Find resources by type and name, never by order."""

    registrations: dict[str, Registration]
    outputs: dict[str, dict[str, Any]] = field(default_factory=dict)
    hooks: dict[str, Callback] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    invoked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    context: contextvars.Context = field(default_factory=contextvars.copy_context)

    def all(self, kind: str) -> list[Registration]:
        """Every resource of a type."""
        return [each for each in self.registrations.values() if each.type == kind]

    def one(self, kind: str, name: str) -> Registration:
        """The resource of that type and name; an error lists the names there are."""
        for each in self.all(kind):
            if each.name == name:
                return each
        raise KeyError(f"no {kind} named {name}; there are {sorted(self.names(kind))}")

    def names(self, kind: str) -> set[str]:
        """The names of all resources of a type."""
        return {each.name for each in self.all(kind)}

    @property
    def exports(self) -> dict[str, Any]:
        """The outputs of the stack."""
        return next(
            (out for urn, out in self.outputs.items() if urn.split("::")[2] == STACK_TYPE), {}
        )

    def run_hook(
        self,
        name: str,
        *,
        urn: str = "",
        new_inputs: Mapping[str, Any] | None = None,
        old_inputs: Mapping[str, Any] | None = None,
    ) -> str:
        """Call a hook of the program as the engine does; the answer is its error text, "" for success."""
        request = resource_pb2.ResourceHookRequest(
            urn=urn,
            new_inputs=encode(dict(new_inputs or {})),
            old_inputs=encode(dict(old_inputs or {})),
        )
        answer = self.context.run(asyncio.run, self._call(name, request.SerializeToString()))
        return resource_pb2.ResourceHookResponse.FromString(answer.SerializeToString()).error

    async def _call(self, name: str, request: bytes) -> Message:
        return await self.hooks[name].function(request)


def record(
    program: Callable[[], Awaitable[None] | None],
    *,
    preview: bool = False,
    stack: str = "staging",
    config: Mapping[str, str] | None = None,
    secret_keys: tuple[str, ...] = (),
    invokes: dict[str, Respond] | None = None,
) -> Recording:
    """Run a program, and give back what it registered; an error of the program is raised here."""
    monitor = RecordingMonitor(PROJECT, stack, preview=preview, invokes=invokes)
    keeper = LogKeeper()
    context = contextvars.copy_context()
    was_on = gc.isenabled()
    gc.disable()  # the collector would walk the SDK's large heap again and again: 60 % of the time
    try:
        context.run(_run, program, monitor, keeper, dict(config or {}), secret_keys)
    finally:
        if was_on:
            gc.enable()
    return Recording(
        registrations=monitor.registrations,
        outputs=monitor.outputs,
        hooks=monitor.hooks,
        log=keeper.messages,
        invoked=monitor.invoked,
        context=context,
    )


def _run(
    program: Callable[[], Awaitable[None] | None],
    monitor: RecordingMonitor,
    keeper: LogKeeper,
    config: dict[str, str],
    secret_keys: tuple[str, ...],
) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        runtime_config.set_all_config(config, list(secret_keys))
        runtime_settings.ROOT.set(None)
        pulumi.runtime.configure(
            pulumi.runtime.Settings(
                project=PROJECT,
                stack=monitor.stack,
                monitor=monitor,
                engine=keeper,
                dry_run=monitor.preview,
                organization="organization",
                root_directory=str(ROOT),
            )
        )
        with patch.object(runtime_resource, "_get_stack_trace", lambda: NOWHERE):
            loop.run_until_complete(pulumi.runtime.run_in_stack(program))
    finally:
        # A failed program leaves its callback server, which would want this loop when it is collected.
        loop.run_until_complete(_CallbackServicer.shutdown())  # type: ignore[no-untyped-call]
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        asyncio.set_event_loop(None)
