"""A log group, and gates whose hooks end in ways that the engine takes for success or hangs on.

The stack's file says whose account it is and how the hooks are bound.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping

import pulumi
import pulumi_aws as aws

from components.account import Account
from components.compute.rollout_gate import RolloutGate, RolloutGateArgs
from components.hooks import Change, Report, gate_hook

config = pulumi.Config()
ACCOUNT, REGION = config.require("account"), "eu-west-1"


async def raise_without_text() -> None:
    raise RuntimeError


async def wait_too_long() -> None:
    await asyncio.wait_for(asyncio.sleep(60), timeout=0.01)


async def leave() -> None:
    sys.exit()


ENDS: Mapping[str, Callable[[], Awaitable[None]]] = {
    "without-text": raise_without_text,
    "too-long": wait_too_long,
}


def bare(name: str, end: Callable[[], Awaitable[None]]) -> pulumi.ResourceHook:
    """Bind a hook as Pulumi's own documentation does."""

    async def act(args: pulumi.ResourceHookArgs) -> None:
        del args
        await end()

    return pulumi.ResourceHook(name, act)


def wrapped(name: str, end: Callable[[], Awaitable[None]]) -> pulumi.ResourceHook:
    """Bind a hook as the components do."""

    async def act(change: Change, report: Report) -> None:
        del change, report
        await end()

    account = Account(account_id=ACCOUNT, region=REGION)
    return gate_hook(name, act, account=account, resource=group)


HOOKS = config.require("hooks")
if HOOKS != "rollout":  # a refused provider ends the run, perhaps before the gate has been asked
    group = aws.cloudwatch.LogGroup(
        "group",
        name="/gates",
        opts=pulumi.ResourceOptions(
            provider=aws.Provider("aws", region=REGION, allowed_account_ids=[ACCOUNT])
        ),
    )
match HOOKS:
    case "none":
        hooks = {}
    case "bare":
        hooks = {name: bare(name, end) for name, end in ENDS.items()}
    case "wrapped":
        # Bare, this one would hang the update.
        hooks = {name: wrapped(name, end) for name, end in {**ENDS, "leave": leave}.items()}
    case "rollout":
        hooks = {}
        arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
        RolloutGate(
            "rollout",
            RolloutGateArgs(
                account_id=ACCOUNT,
                region=REGION,
                cluster_arn=f"{arn}:cluster/gates",
                service_name="web",
                service_arn=f"{arn}:service/gates/web",
                task_definition_arn=f"{arn}:task-definition/web:1",
                deployment={},
                log_group_name="/gates",
                timeout_seconds=5,
            ),
        )
    case other:
        raise pulumi.RunError(f"hooks is none, bare, wrapped or rollout, got {other}")
for name, hook in hooks.items():
    pulumi.Stash(
        name,
        input=name,
        opts=pulumi.ResourceOptions(hooks=pulumi.ResourceHookBinding(before_create=[hook])),
    )
