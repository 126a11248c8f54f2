"""The project's program, run in this process as Pulumi's language host for Python runs it."""

from __future__ import annotations

import asyncio
import os
import runpy
import sys
from contextlib import suppress
from pathlib import Path

from local.project import Project
from local.runner.quiet_engine import quiet_engine

HOST = "local"  # the runner's own package: it goes on running


class Program:
    """What the Automation API calls once a preview or update, on the event loop of that run."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def __call__(self) -> None:
        """Register the program's resources."""
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        forget_modules(self._project.root)
        quiet_engine()
        root = str(self._project.root)
        if root not in sys.path:
            sys.path.append(root)  # an editable install puts it there for the real host
        os.chdir(self._project.program)
        runpy.run_path(str(self._project.program), run_name="__main__")

    def cancel(self) -> None:
        """Stop the program and with it every hook: each sees asyncio.CancelledError where it waits."""
        if self._loop is not None and self._task is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(self._task.cancel)


def forget_modules(root: Path) -> None:
    """Make the next import of the project's own modules a fresh one: a preview leaves nothing to the update after it."""
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is None or name.split(".")[0] in (HOST, "__main__"):
            continue
        path = Path(file)
        if path.is_relative_to(root) and not path.is_relative_to(root / ".venv"):
            del sys.modules[name]
