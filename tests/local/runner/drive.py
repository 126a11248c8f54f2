"""The runner on the real engine without an account: `python -m tests.local.runner.drive OPERATION PROJECT`.

What `python -m local` does around it - settings, account, table - has tests of its own.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from local.engine.find import find_engine
from local.environment import enter, forget_logins
from local.lock import alone
from local.project import load_project
from local.runner.interrupts import Interrupts
from local.runner.leftovers import end_leftovers
from local.runner.session import Session
from local.state import state_of
from local.terminal import say
from local.working_copy import write_working_copy

STACK = "tiny"
CODES = {"done": 0, "failed": 1, "timed out": 2, "interrupted": 130}


def main(operation: str, root: Path) -> int:
    limit = float(os.environ.get("DRIVE_LIMIT", "120"))
    checkpoints = "DRIVE_CHECKPOINTS" in os.environ
    forget_logins()
    project = load_project(root)
    state = state_of(root, STACK)
    with Interrupts() as interrupts, alone(state, operation):
        say(f"lost={end_leftovers(state)}")
        write_working_copy(project, state, image="", plugins={})
        enter(state, endpoint="http://127.0.0.1:1", region="eu-west-1", checkpoints=checkpoints)
        session = Session(project, state, find_engine(), interrupts, limit_seconds=limit)
        result = getattr(session, operation)()
        say(f"counts={dict(result.counts)} failed={list(result.failed)} saved={result.saved}")
        return CODES[result.end]


if __name__ == "__main__":
    code = main(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.flush()
    os._exit(code)
