"""A stack whose runs are known by their events alone."""

from __future__ import annotations

from datetime import UTC, datetime

from pulumi import automation as auto
from pulumi.automation import CommandResult
from pulumi.automation._stack import StackInitMode
from pulumi.automation.errors import StackNotFoundError

from local.runner.command import EngineCommand
from local.runner.program import Program
from local.state import State


class KnownWorkspace(auto.LocalWorkspace):
    """Sees by itself whether a stack is in the state's backend: a start of the CLI less in each run.

    Every command names the stack, so none has to be selected.
    """

    def __init__(self, state: State, program: Program, command: EngineCommand) -> None:
        super().__init__(work_dir=str(state.work), program=program, pulumi_command=command)
        self._stacks = state.backend / ".pulumi" / "stacks"

    def select_stack(self, stack_name: str) -> None:
        """Return if there is the stack; the Automation API's error if there is none."""
        if not any(self._stacks.glob(f"*/{stack_name}.json")):
            raise StackNotFoundError(
                CommandResult("", f"no stack {stack_name} in {self._stacks}", 1)
            )


class EventfulStack(auto.Stack):
    """Leaves out what the Automation API asks the CLI after each update: three more starts of it.

    Nothing here reads outputs or history, and outputs would come with their secrets in clear.
    """

    @classmethod
    def create_or_select(cls, stack_name: str, workspace: auto.Workspace) -> EventfulStack:
        """Select the stack, and make it first if there is none."""
        return cls(stack_name, workspace, StackInitMode.CREATE_OR_SELECT)

    def outputs(self) -> auto.OutputMap:
        """Return none."""
        return {}

    def info(self, show_secrets: bool = True) -> auto.UpdateSummary:  # noqa: ARG002
        """Return a summary that says nothing."""
        return auto.UpdateSummary(
            kind="",
            start_time=datetime.now(UTC),
            message="",
            environment={},
            config={},
            result="",
        )
