"""What `python -m local` does: up, preview, status, destroy, down."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress

from local.account.process import running, stop
from local.errors import LocalError
from local.lock import alone
from local.opening import Options, opened
from local.project import load_project
from local.report.report import report
from local.runner.interrupts import Interrupts
from local.runner.leftovers import end_leftovers
from local.runner.session import Result
from local.runner.tally import changes
from local.state import State, existing, state_of
from local.terminal import say

DONE, FAILED, INTERRUPTED = 0, 1, 130
DEFAULT_STACK = "staging"
NEXT = ("status", "preview", "down")


def up(options: Options, interrupts: Interrupts) -> int:
    """Bring the stack up and show what runs."""
    stack = options.stack or DEFAULT_STACK
    with opened(options, stack, "up", interrupts) as (session, state):
        plan = session.preview()
        if plan.end != "done":
            return _closed(plan, state, "nothing was changed")
        result = session.up(planned=sum(plan.counts.values()))
        _show(options, state)
        if result.end == "done" and not changes(result.counts):
            say(f"nothing changed: {sum(result.counts.values())} resources")
        if result.end == "done":
            say(f"next     {', '.join(_make(each, stack) for each in NEXT)}; logs: {state.logs}")
        return _closed(result, state, f"{_make('up', stack)} goes on from here")


def preview(options: Options, interrupts: Interrupts) -> int:
    """Show what `up` would change."""
    with opened(options, options.stack or DEFAULT_STACK, "preview", interrupts) as (session, state):
        return _closed(session.preview(options.json), state, "nothing was changed")


def destroy(options: Options, interrupts: Interrupts) -> int:
    """Destroy the stack's resources as `pulumi destroy` does; the account goes on running."""
    stack = options.stack or DEFAULT_STACK
    with opened(options, stack, "destroy", interrupts) as (session, state):
        way_out = f"what is protected stays; {_make('down', stack)} drops the whole account"
        return _closed(session.destroy(), state, way_out)


def status(options: Options, interrupts: Interrupts) -> int:
    """Show what runs, without the engine."""
    del interrupts
    stack = options.stack or DEFAULT_STACK
    state = state_of(options.root, stack)
    if running(state.folder) is None:
        load_project(options.root).stack_file(stack)  # a stack that does not exist cannot be up
        raise LocalError(f"{stack} is not up; {_make('up', stack)} brings it up")
    _show(options, state)
    return DONE


def down(options: Options, interrupts: Interrupts) -> int:
    """Stop the account of one stack, or of all that have one, and remove its state."""
    del interrupts
    found = [each for each in existing(options.root) if options.stack in (None, each.stack)]
    for state in found:
        with alone(state, "down"):
            end_leftovers(state)
            stop(state.folder)
            _remove(state)
        say(f"{state.stack} is down: its account has ended, its state is removed")
    if not found:
        say(f"{options.stack} is not up" if options.stack else "nothing is up")
    return DONE


COMMANDS: dict[str, Callable[[Options, Interrupts], int]] = {
    "up": up,
    "preview": preview,
    "status": status,
    "destroy": destroy,
    "down": down,
}


def _closed(result: Result, state: State, afterwards: str) -> int:
    if result.end == "done":
        return DONE
    if result.end == "failed" and result.failed:
        say(f"failed   {', '.join(result.failed)}")
    if end_leftovers(state) or not result.saved:
        # What nobody knows of would be in the way of the next run.
        stop(state.folder)
        afterwards = "what was made could not be written down: the account is stopped, the next run makes all anew"
    say(f"{result.end}; {afterwards}; all that the engine said is in {state.logs}")
    return INTERRUPTED if result.end == "interrupted" else FAILED


def _show(options: Options, state: State) -> None:
    account = running(state.folder)
    if account is None:
        say(f"the account has ended; its last words are in {state.folder / 'account.log'}")
        return
    region = load_project(options.root).check(state.stack).account.region
    say(report(state.stack, account, region, state.folder))


def _remove(state: State) -> None:
    for path in state.folder.iterdir():
        if path != state.run_lock:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    # Last: until now the lock kept everybody else out.
    state.run_lock.unlink()
    with suppress(OSError):  # not empty: another stack lives there, or another command begins
        state.folder.rmdir()
        state.folder.parent.rmdir()


def _make(target: str, stack: str) -> str:
    # `make down` is for all stacks.
    return f"make {target}" + (
        "" if stack == DEFAULT_STACK or target == "down" else f" STACK={stack}"
    )
