"""All that must stand before the engine can work on a stack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.engine.find import find_engine
from local.environment import enter
from local.ground import lay_ground
from local.lock import alone
from local.plugins import write_plugins
from local.project import load_project
from local.runner.interrupts import Interrupts
from local.runner.session import Session
from local.sample_image import sample_image
from local.seed import seed, seed_secrets
from local.state import State, state_of
from local.terminal import say
from local.working_copy import write_working_copy


@dataclass(frozen=True, kw_only=True)
class Options:
    """What a person chose on the command line."""

    root: Path
    stack: str | None
    limit_seconds: float
    checkpoints: bool
    json: Path | None = None


def tidy(state: State) -> None:
    """Remove what the engine keeps of earlier runs: nobody audits them here, and they add up."""
    for each in (state.home / "logs", state.backend / ".pulumi" / "history"):
        shutil.rmtree(each, ignore_errors=True)


@contextmanager
def opened(
    options: Options, stack: str, command: str, interrupts: Interrupts
) -> Iterator[tuple[Session, State]]:
    """Check the settings, then find the engine and start the account; the stack is this command's until the end."""
    project = load_project(options.root)
    settings = project.check(stack)
    state = state_of(project.root, stack)
    with alone(state, command):
        tidy(state)
        engine = find_engine()
        say(f"engine   pulumi {engine.version}, {engine.path}")
        account = lay_ground(state, settings.account)
        seed(settings, account.endpoint)
        if command == "up":
            seed_secrets(settings, account.endpoint, account.outside)
        write_working_copy(
            project,
            state,
            image=sample_image(settings.account),
            plugins=write_plugins(state),
            outside=account.outside,
        )
        enter(
            state,
            endpoint=account.endpoint,
            region=settings.account.region,
            checkpoints=options.checkpoints,
        )
        session = Session(project, state, engine, interrupts, limit_seconds=options.limit_seconds)
        yield session, state
