"""One run of the engine on an account of its own: `python -m tests.scenarios.drive OPERATION PROJECT`.

It is put together of the runner's own pieces. What `python -m local` does besides - the settings' validation, seed and
table - belongs to the real stacks. The project's folder holds `scenario.json`: the account and its images.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pulumi.automation import EngineEvent

from local.engine.find import find_engine
from local.environment import enter, forget_logins
from local.ground import lay_ground
from local.lock import alone
from local.plugins import write_plugins
from local.project import load_project
from local.runner.interrupts import Interrupts
from local.runner.leftovers import end_leftovers
from local.runner.messages import kind_of, name_of
from local.runner.session import OnEvent, Result, Session
from local.runner.tally import PARTS_OF_REPLACE, PROVIDERS, UNCHANGED
from local.state import state_of
from local.terminal import say
from local.working_copy import write_working_copy
from stacks.settings import AccountSettings

STACK = "small"
REGION = "eu-west-1"
LIMIT_SECONDS = 120.0
CODES = {"done": 0, "failed": 1, "timed out": 2, "interrupted": 130}


class WatchedSession(Session):
    """A session that notes what each run changes, and that can refresh."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.changes: set[str] = set()

    def refresh(self) -> Result:
        """Take into the state what the account has."""
        return self._carry_out(
            "refresh", lambda on_event: self._stack.refresh(on_event=on_event, color="never")
        )

    def repair(self) -> Result:
        """Refresh, then update: `pulumi up --refresh`."""
        return self._carry_out(
            "up",
            lambda on_event: self._stack.up(
                on_event=on_event, color="never", continue_on_error=True, refresh=True
            ),
        )

    def _carry_out(
        self, label: str, operation: Callable[[OnEvent], object], total: int | None = None
    ) -> Result:
        self.changes = set()  # of a preview before, perhaps

        def watched(on_event: OnEvent) -> object:
            def take(event: EngineEvent) -> None:
                self._note(event)
                on_event(event)

            return operation(take)

        return super()._carry_out(label, watched, total)

    def _note(self, event: EngineEvent) -> None:
        if event.res_outputs_event is None:
            return
        step = event.res_outputs_event.metadata
        of_a_provider = any(each is not None and each.custom for each in (step.new, step.old))
        told = step.op in UNCHANGED or step.op in PARTS_OF_REPLACE
        if of_a_provider and not told and not step.type.startswith(PROVIDERS):
            self.changes.add(f"{step.op.value} {kind_of(step.urn)} {name_of(step.urn)}")


def main(operation: str, root: Path) -> int:
    """Carry out one operation; the last line of the output is what came of it, as JSON."""
    scenario = json.loads((root / "scenario.json").read_text())
    images = {pattern: Path(folder) for pattern, folder in scenario["images"].items()}
    forget_logins()
    project, state = load_project(root), state_of(root, STACK)
    with Interrupts() as interrupts, alone(state, operation):
        account = lay_ground(state, AccountSettings(id=scenario["account"], region=REGION), images)
        write_working_copy(project, state, image="", plugins=write_plugins(state))
        enter(
            state,
            endpoint=account.endpoint,
            region=REGION,
            checkpoints="DRIVE_CHECKPOINTS" in os.environ,
        )
        session = WatchedSession(
            project, state, find_engine(), interrupts, limit_seconds=LIMIT_SECONDS
        )
        result: Result = getattr(session, operation)()
        lost = end_leftovers(state)
    said = {
        "counts": dict(result.counts),
        "changes": sorted(session.changes),
        "failed": sorted(result.failed),
        "saved": result.saved and not lost,
    }
    say(json.dumps(said))
    return CODES[result.end]


if __name__ == "__main__":
    code = main(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(code)
