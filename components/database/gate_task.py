"""How a gate holds its task in the engine's state, and runs it from there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from components.account import Account
from components.compute.one_off import OneOff
from components.compute.one_off_run import run_to_end
from components.database.one_off_task import OneOffTask
from components.hooks import Action, Report, gate_hook
from components.threads import in_thread


@dataclass(frozen=True, kw_only=True)
class GateTask:
    """What a gate knows of its task besides what the engine holds."""

    gate: str
    """Marks the tasks of this gate in ECS: unique in the cluster."""
    account: Account
    container: str
    log_group: str
    timeout_seconds: int

    async def run(self, held: Mapping[str, Any], report: Report) -> None:
        """Run the task that `task_input` described to its end; raise when it fails."""
        one = OneOff(
            gate=self.gate,
            cluster=held["cluster"],
            task_definition=held["taskDefinition"],
            container=self.container,
            subnets=held["subnets"],
            security_group=held["securityGroup"],
            log_group=self.log_group,
            timeout_seconds=self.timeout_seconds,
        )
        ecs = await in_thread(self.account.client, "ecs")
        logs = await in_thread(self.account.client, "logs")
        await run_to_end(one, ecs=ecs, logs=logs, report=report)


def hold(
    name: str,
    held: Mapping[str, pulumi.Input[Any]],
    action: Action,
    *,
    account: Account,
    task: OneOffTask,
    parent: pulumi.Resource,
) -> pulumi.Stash:
    """The gate itself: it takes new inputs in when the action has returned. Read its `input`, never its `output`."""
    hook = gate_hook(name, action, account=account, resource=parent)
    return pulumi.Stash(
        f"{name}-done",
        input=held,
        opts=pulumi.ResourceOptions(
            parent=parent,
            depends_on=[task],  # policies and rules of the task come after its own parts
            hooks=pulumi.ResourceHookBinding(before_create=[hook], before_update=[hook]),
        ),
    )


def task_input(
    task: OneOffTask,
    *,
    cluster_arn: pulumi.Input[str],
    subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]],
) -> dict[str, pulumi.Input[Any]]:
    """The part of a gate's input that says what to run and where."""
    return {
        "cluster": cluster_arn,
        "securityGroup": task.security_group_id,
        "subnets": subnet_ids,
        "taskDefinition": task.task_definition_arn,
    }
