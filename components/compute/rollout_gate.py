"""The update succeeds only when the revision that it asked for runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pulumi

from components.account import Account
from components.compute.rollout import follow
from components.compute.rollout_watch import Rollout
from components.hooks import Change, Report, gate_hook
from components.threads import in_thread


@dataclass(frozen=True, kw_only=True)
class RolloutGateArgs:
    """Inputs of RolloutGate."""

    account_id: str
    region: str
    cluster_arn: pulumi.Input[str]
    service_name: str
    service_arn: pulumi.Input[str]
    task_definition_arn: pulumi.Input[str]
    deployment: Mapping[str, pulumi.Input[Any]]
    """What begins a deployment besides the task definition: a change of it is waited for, too."""
    callee_service_arns: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    """A task sees only the callees that were there when its deployment began; a new one needs a new deployment."""
    log_group_name: str
    timeout_seconds: int

    def __post_init__(self) -> None:
        if self.timeout_seconds <= 0:
            raise ValueError(
                f"rollout gate of {self.service_name}: timeout_seconds is above 0,"
                f" got {self.timeout_seconds}"
            )
        if self.service_name in self.callee_service_arns:
            raise ValueError(
                f"rollout gate of {self.service_name}: a service is no callee of itself"
            )


class RolloutGate(pulumi.ComponentResource):
    """Holds the revision that runs, and takes a new one only after it has seen it run.

    The ECS service is already updated when the gate looks. When the rollout fails the gate keeps what it held, so the
    next update differs from it again, asks ECS for the revision once more, and fails again or succeeds.
    """

    revision: pulumi.Output[str]
    """The task definition of the last rollout that was seen to succeed."""

    def __init__(
        self, name: str, args: RolloutGateArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:RolloutGate", name, {}, opts)

        account = Account(account_id=args.account_id, region=args.region)

        async def roll_out(change: Change, report: Report) -> None:
            await follow(
                _rollout(change.new, args),
                ecs=await in_thread(account.client, "ecs"),
                logs=await in_thread(account.client, "logs"),
                report=report,
            )

        hook = gate_hook(name, roll_out, account=account, resource=self)
        gate = pulumi.Stash(
            f"{name}-revision",
            input={
                "cluster": args.cluster_arn,
                "service": args.service_arn,
                "taskDefinition": args.task_definition_arn,
                "deployment": args.deployment,
                "callees": args.callee_service_arns,
            },
            opts=pulumi.ResourceOptions(
                parent=self,
                hooks=pulumi.ResourceHookBinding(before_create=[hook], before_update=[hook]),
            ),
        )

        self.revision = gate.input.apply(_revision)
        self.register_outputs({"revision": self.revision})


def _rollout(held: Mapping[str, Any], args: RolloutGateArgs) -> Rollout:
    return Rollout(
        cluster=held["cluster"],
        service=held["service"],
        task_definition=held["taskDefinition"],
        callees=held["callees"],
        log_group=args.log_group_name,
        timeout_seconds=args.timeout_seconds,
    )


def _revision(held: Mapping[str, Any]) -> str:
    return str(held["taskDefinition"])
