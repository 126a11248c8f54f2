"""What `pulumi up` would do once somebody has edited a stack file; with `_successors_have_arns_of_their_own`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from tests.engine.platform import run_program, stack_values
from tests.engine.recording import Recording
from tests.infra.changes import Changes, changes

APP: Final = "containerDefinitions.0"


@cache
def before(stack: str) -> Recording:
    """The stack as it is committed, with an image for every service."""
    return run_program(stack_values(stack), stack=stack)


def after_edit(stack: str, edit: Callable[[dict[str, Any]], object]) -> Changes:
    """The changes that an edit of the stack's values makes."""
    values = stack_values(stack)
    edit(values)
    return changes(before(stack), run_program(values, stack=stack))


def after_setting(stack: str, service: str, **settings: Any) -> Changes:
    """The changes that an edit of one service's values makes."""
    return after_edit(stack, lambda values: values["services"][service].update(settings))


def rolled(slug: str, *paths: str, debug: set[str] | None = None) -> dict[str, set[str]]:
    """A new revision, the gates it passes, the service that runs it, the gate behind, and the debug task beside it."""
    expected = {
        f"TaskDefinition {slug}-task": set(paths),
        f"Stash {slug}-secrets-done": {"input.release"},
        f"Stash {slug}-migrations-done": {"input.release"},
        f"Service {slug}-service": {"taskDefinition"},
        f"Stash {slug}-rollout-revision": {"input.taskDefinition"},
    }
    return expected | ({f"TaskDefinition {slug}-debug-task": debug} if debug else {})
