"""The package groups of a domain, in the graph although the provider has no resource for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pulumi

from components.account import Account
from components.hooks import Change, Report, gate_hook
from components.packages.origin_controls import GroupControls, origin_controls
from components.packages.package_groups import GroupChange, apply_groups
from components.threads import in_thread


@dataclass(frozen=True, kw_only=True)
class OriginControlsGateArgs:
    """Inputs of OriginControlsGate."""

    account_id: str
    region: str
    domain: str
    domain_arn: pulumi.Input[str]
    repository_arns: Sequence[pulumi.Input[str]]
    """Of the repositories that the groups name: AWS refuses the name of one that is not there."""
    private_packages: Sequence[str]
    timeout_seconds: float
    """Until AWS has to show what was written."""

    def __post_init__(self) -> None:
        if self.timeout_seconds <= 0:
            raise ValueError(f"timeout_seconds is more than 0, got {self.timeout_seconds}")


class OriginControlsGate(pulumi.ComponentResource):
    """Writes the groups when they are new or change, and reads back what AWS made of them; a preview does neither.

    What somebody changes by hand afterwards is no change of the input: scripts/package_groups.py finds it and puts it
    right. The groups go with their domain.
    """

    domain: pulumi.Output[str]
    """It arrives when the groups hold."""

    def __init__(
        self, name: str, args: OriginControlsGateArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:packages:OriginControlsGate", name, {}, opts)

        account = Account(account_id=args.account_id, region=args.region)

        async def write(change: Change, report: Report) -> None:
            wanted = _groups(change.new)
            patterns = {each["pattern"] for each in wanted}
            before = [each["pattern"] for each in _groups(change.old or {})]
            await apply_groups(
                GroupChange(
                    domain=args.domain,
                    wanted=wanted,
                    dropped=[each for each in before if each not in patterns],
                ),
                await in_thread(account.client, "codeartifact"),
                report,
                timeout_seconds=args.timeout_seconds,
            )

        hook = gate_hook(name, write, account=account, resource=self)
        gate = pulumi.Stash(
            f"{name}-done",
            input={
                "domain": args.domain_arn,
                "repositories": list(args.repository_arns),
                "groups": cast("list[Any]", origin_controls(args.private_packages)),
            },
            opts=pulumi.ResourceOptions(
                parent=self,
                hooks=pulumi.ResourceHookBinding(before_create=[hook], before_update=[hook]),
            ),
        )

        self.domain = gate.input.apply(lambda _: args.domain)
        self.register_outputs({"domain": self.domain})


def _groups(held: Mapping[str, Any]) -> list[GroupControls]:
    return [cast(GroupControls, dict(each)) for each in held.get("groups", ())]
