"""A service's new revision is let through once every secret that an operator sets has a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pulumi

from components.account import Account
from components.hooks import Change, Report, gate_hook
from components.secrets.presence import Wanted, require_values
from components.threads import in_thread


@dataclass(frozen=True, kw_only=True)
class PresenceGateArgs:
    """Inputs of PresenceGate."""

    service_name: str
    account_id: str
    region: str
    secrets: Mapping[str, pulumi.Input[str]]
    """Variable -> ARN of the secret, for those whose value an operator sets."""
    commands: Mapping[str, str]
    """Variable -> the command that sets it, for the message."""
    release: pulumi.Input[str]
    """The task definition that the service shall run next."""

    def __post_init__(self) -> None:
        problems = []
        if not self.secrets:
            problems.append("secrets is empty, so there is nothing to wait for")
        if without := sorted(self.secrets.keys() - self.commands.keys()):
            problems.append(f"commands has none for {', '.join(without)}")
        if problems:
            raise ValueError(f"presence gate of {self.service_name}: {'; '.join(problems)}")


class PresenceGate(pulumi.ComponentResource):
    """Looks at each release, and at each change of the set of secrets; in a preview it looks at nothing.

    Whatever takes its revision from `release` stays on the old one while a value is missing, and the next update looks
    again. It needs the right to describe the secrets, and not to read them.
    """

    release: pulumi.Output[str]

    def __init__(
        self, name: str, args: PresenceGateArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:secrets:PresenceGate", name, {}, opts)

        account = Account(account_id=args.account_id, region=args.region)

        async def look(change: Change, report: Report) -> None:
            await require_values(
                args.service_name,
                [
                    Wanted(variable=each, secret_arn=arn, command=args.commands[each])
                    for each, arn in sorted(change.new["secrets"].items())
                ],
                await in_thread(account.client, "secretsmanager"),
                report,
            )

        hook = gate_hook(name, look, account=account, resource=self)
        gate = pulumi.Stash(
            f"{name}-done",
            input={"release": args.release, "secrets": dict(args.secrets)},
            opts=pulumi.ResourceOptions(
                parent=self,
                hooks=pulumi.ResourceHookBinding(before_create=[hook], before_update=[hook]),
            ),
        )

        self.release = gate.input.apply(_release)
        self.register_outputs({"release": self.release})


def _release(held: Mapping[str, Any]) -> str:
    return str(held["release"])
