"""What acts during an update: async functions that the engine calls before it creates or updates a gate."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pulumi

from components.account import Account

Report: TypeAlias = Callable[[str], None]
"""Shows a line to the user at once."""


class GateFailedError(Exception):
    """The only thing that a hook raises. It always has a text: the engine takes an error without one for success."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a gate (a `pulumi.Stash`) is about to hold, and what it held; None when it is new."""

    new: Mapping[str, Any]
    old: Mapping[str, Any] | None


Action: TypeAlias = Callable[[Change, Report], Awaitable[None]]


def gate_hook(
    name: str, action: Action, *, account: Account, resource: pulumi.Resource
) -> pulumi.ResourceHook:
    """Bind an action to before_create and before_update of a gate; its progress is shown under `resource`.

    The action runs in the account that the settings name, or not at all. Whatever ends it but its own return fails
    the update with a text, `sys.exit` (which would hang the engine) and cancellation included. Nothing else on the
    program's event loop waits for it, as long as it makes its blocking calls by `in_thread`.
    """

    def report(text: str) -> None:
        pulumi.log.info(text, resource)

    async def guarded(args: pulumi.ResourceHookArgs) -> None:
        try:
            change = Change(new=_held(args.new_inputs), old=_held(args.old_inputs) or None)
            await account.check(change.new)
            await action(change, report)
        except GeneratorExit:  # the coroutine is thrown away: nobody hears what it raises
            raise
        except BaseException as error:
            raise GateFailedError(failure_text(error)) from error

    return pulumi.ResourceHook(name, guarded)


def failure_text(error: BaseException) -> str:
    """What to show for an exception: never empty, and without its type when the text is of this project's writing."""
    kind = type(error).__name__
    try:
        said = str(error).strip()
    except Exception as worse:  # noqa: BLE001 - a broken __str__ must not pass for success
        said = f"its text cannot be read ({type(worse).__name__})"
    if said:
        own = type(error).__module__.startswith("components.")
        return said if own else f"{kind}: {said}"
    frames = traceback.extract_tb(error.__traceback__)
    where = f", raised in {frames[-1].name} ({_place(frames[-1])})" if frames else ""
    return f"{kind} without a text{where}"


def _place(frame: traceback.FrameSummary) -> str:
    return f"{Path(frame.filename).name}:{frame.lineno}"


def _held(inputs: Mapping[str, Any] | None) -> Mapping[str, Any]:
    held: Mapping[str, Any] = (inputs or {}).get("input") or {}
    return held
