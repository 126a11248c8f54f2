"""A program of resources that the engine itself provides: it needs no provider and no account.

Copied into a project folder of its own and steered by variables, so that one text serves every test.
"""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

import pulumi

WAIT_SECONDS = float(os.environ.get("TINY_WAIT", "0"))
VALUE = os.environ.get("TINY_VALUE", "1")
MARKS = Path(os.environ["TINY_MARKS"])  # a folder where the program leaves traces for the test


async def wait(args: pulumi.ResourceHookArgs) -> None:
    del args
    (MARKS / "hook-began").touch()
    try:
        if os.environ.get("TINY_BLOCKS"):
            await asyncio.to_thread(time.sleep, WAIT_SECONDS)
        await asyncio.sleep(WAIT_SECONDS)
    except asyncio.CancelledError:
        (MARKS / "hook-cancelled").touch()
        raise
    if os.environ.get("TINY_REFUSES"):
        raise RuntimeError(os.environ["TINY_REFUSES"])


async def linger(args: pulumi.ResourceHookArgs) -> None:
    """Let what comes after this one begin only when the other hook has refused."""
    del args
    await asyncio.sleep(1 if os.environ.get("TINY_REFUSES") else 0)


if os.environ.get("TINY_MISTAKE"):
    raise pulumi.RunError(os.environ["TINY_MISTAKE"])
if os.environ.get("TINY_DEFECT"):
    raise ValueError(os.environ["TINY_DEFECT"])
if os.environ.get("TINY_HANGS"):
    (MARKS / "hang-began").touch()
    time.sleep(600)

before = [pulumi.Stash(f"before-{i}", input=VALUE) for i in range(3)]
hooks = pulumi.ResourceHookBinding(
    before_create=[hook := pulumi.ResourceHook("wait", wait)], before_update=[hook]
)
gate = pulumi.Stash(
    "gate", input=VALUE, opts=pulumi.ResourceOptions(depends_on=before, hooks=hooks)
)
pulumi.Stash("after", input=VALUE, opts=pulumi.ResourceOptions(depends_on=[gate]))
late = pulumi.Stash(
    "late",
    input=VALUE,
    opts=pulumi.ResourceOptions(
        hooks=pulumi.ResourceHookBinding(before_create=[pulumi.ResourceHook("linger", linger)])
    ),
)
pulumi.Stash(
    "aside",
    input=VALUE,
    opts=pulumi.ResourceOptions(depends_on=[late], protect=VALUE == "protected"),
)
