"""The account under a stack, and the engine's state only as long as it speaks of that account."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from local.account.process import running, start, stop
from local.account.record import Running
from local.runner.leftovers import end_leftovers
from local.sample_image import FOLDER, PATTERN
from local.state import State
from local.terminal import say
from stacks.settings import AccountSettings

IMAGES = {PATTERN: FOLDER}


def lay_ground(
    state: State, account: AccountSettings, images: Mapping[str, Path] = IMAGES
) -> Running:
    """Start the account if it does not run; drop an engine's state that speaks of another one.

    Only for the holder of the stack's run lock.
    """
    lost = end_leftovers(state)
    found = running(state.folder)
    if found is not None and (why := _unfit(state, found, account, images, lost=lost)):
        say(f"account  {why}: it starts afresh")
        stop(state.folder)
        found = None
    started = time.monotonic()
    ready = found or start(state.folder, account.id, images)
    how = "runs" if found else f"started in {time.monotonic() - started:.1f} s"
    say(f"account  {account.id} {how}, {ready.endpoint}")
    if boot_of_state(state) != ready.boot_id:
        _begin_anew(state, ready)
    return ready


def boot_of_state(state: State) -> str | None:
    """Return the boot of the account that the engine's state speaks of."""
    try:
        return str(json.loads(state.account_marker.read_text())["boot_id"])
    except (OSError, ValueError, KeyError):
        return None


def _unfit(
    state: State,
    found: Running,
    account: AccountSettings,
    images: Mapping[str, Path],
    *,
    lost: bool,
) -> str | None:
    wanted = {pattern: str(folder) for pattern, folder in images.items()}
    reasons = (
        (lost, "the last run was killed before it wrote down what it had made"),
        (_resources(state) is None, "the engine's state cannot be read"),
        (found.outdated, "its code has changed since it was started"),
        (
            found.account_id != account.id,
            f"it is {found.account_id}, the settings say {account.id}",
        ),
        (dict(found.images) != wanted, "it was started with other images"),
        (boot_of_state(state) != found.boot_id, "the engine's state does not speak of it"),
    )
    return next((why for unfit, why in reasons if unfit), None)


def _resources(state: State) -> int | None:
    """Count what the engine's state speaks of; None when it cannot be read."""
    try:
        found = [json.loads(path.read_text()) for path in _stacks(state)]
        latest = [each["checkpoint"].get("latest") or {} for each in found]
        return sum(len(each.get("resources") or ()) for each in latest)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _stacks(state: State) -> Iterator[Path]:
    return (state.backend / ".pulumi" / "stacks").rglob("*.json")


def _begin_anew(state: State, ready: Running) -> None:
    if _resources(state):
        say(
            "account  what earlier runs made went with the account they made it in: all is made anew"
        )
    shutil.rmtree(state.backend)
    state.backend.mkdir()
    state.account_marker.write_text(json.dumps({"boot_id": ready.boot_id}))
