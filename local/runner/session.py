"""One stack of one project on the engine, ready to be previewed, updated or destroyed."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pulumi import automation as auto

from local.engine.engine import Engine
from local.project import Project
from local.runner.command import EngineCommand
from local.runner.interrupts import Interrupts
from local.runner.program import Program
from local.runner.progress import Progress, in_words
from local.runner.run import End, Run
from local.runner.stack import EventfulStack, KnownWorkspace
from local.runner.tally import Tally
from local.state import State

UNSAVED = "failed to save snapshot"  # what the engine says on a full disk
OnEvent = Callable[[auto.EngineEvent], Any]


@dataclass(frozen=True, kw_only=True)
class Result:
    """How an operation ended and what it changed or would change."""

    end: End
    counts: Counter[str]
    failed: tuple[str, ...]
    saved: bool  # whether the engine could write down what it has made


class Session:
    """Runs operations one after the other; each shows itself while it goes on."""

    def __init__(
        self,
        project: Project,
        state: State,
        engine: Engine,
        interrupts: Interrupts,
        *,
        limit_seconds: float,
    ) -> None:
        self._project = project
        self._state = state
        self._program = Program(project)
        self._command = EngineCommand(engine, state)
        self._run = Run(
            command=self._command,
            program=self._program,
            interrupts=interrupts,
            limit_seconds=limit_seconds,
        )

    @cached_property
    def _stack(self) -> auto.Stack:
        workspace = KnownWorkspace(self._state, self._program, self._command)
        return EventfulStack.create_or_select(self._state.stack, workspace)

    def preview(self, json: Path | None = None) -> Result:
        """Compute what an update would change; change nothing. `json`: where `pulumi preview --json` goes."""
        self._command.extra = ["--json"] if json else []
        result = self._carry_out(
            "preview", lambda on_event: self._stack.preview(on_event=on_event, color="never")
        )
        self._command.extra = []
        if json and result.end == "done":
            shutil.copyfile(self._state.logs / "preview.log", json)
        return result

    def up(self, *, planned: int | None = None) -> Result:
        """Update the stack. One refused resource does not stop what does not depend on it."""
        return self._carry_out(
            "up",
            lambda on_event: self._stack.up(
                on_event=on_event, color="never", continue_on_error=True
            ),
            total=planned,
        )

    def destroy(self) -> Result:
        """Destroy the stack's resources: all, or none when one is protected.

        The Automation API's destroy skips the preview by which the CLI finds that out, and would destroy all the others.
        """
        plan = self._carry_out(
            "preview",
            lambda on_event: self._stack.preview_destroy(on_event=on_event, color="never"),
        )
        if plan.end != "done":
            return plan
        return self._carry_out(
            "destroy",
            lambda on_event: self._stack.destroy(
                on_event=on_event, color="never", continue_on_error=True
            ),
        )

    def _carry_out(
        self, label: str, operation: Callable[[OnEvent], object], total: int | None = None
    ) -> Result:
        tally = Tally(self._project.root)
        progress = Progress(label, tally, total=total)
        end = self._run.carry_out(operation, tally, progress)
        words = in_words(tally.counts(), planned=label == "preview")
        if end != "done":
            words = end if label == "preview" else f"{end}: {words}"
        progress.close(words)
        return Result(
            end=end,
            counts=tally.counts(),
            failed=tuple(tally.failed),
            saved=not self._run.killed and UNSAVED not in self._command.complaint,
        )
