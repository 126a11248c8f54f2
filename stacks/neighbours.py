"""What stacks may not have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network
from itertools import combinations

from stacks.errors import Problem, SettingsError
from stacks.settings import StackSettings


def conflicts(stacks: Sequence[StackSettings]) -> dict[str, SettingsError]:
    """By the stack's name: what it has of another one before it."""
    found: dict[str, list[Problem]] = {}
    for first, second in combinations(stacks, 2):
        found.setdefault(second.stack, []).extend(_shared(first, second))
    return {
        stack: SettingsError(f"Pulumi.{stack}.yaml", problems)
        for stack, problems in found.items()
        if problems
    }


def _shared(first: StackSettings, second: StackSettings) -> Iterator[Problem]:
    # Networks that overlap can never be peered, nor be reached through one VPN.
    if IPv4Network(first.network.cidr).overlaps(IPv4Network(second.network.cidr)):
        yield Problem(
            place=("network", "cidr"),
            text=f'"{second.network.cidr}" overlaps "{first.network.cidr}" of stack {first.stack}',
        )
    hosts = {settings.host for settings in first.services.values() if settings.host}
    for name, settings in second.services.items():
        if settings.host in hosts:
            yield Problem(
                place=("services", name, "host"),
                text=f'"{settings.host}" is a host of stack {first.stack} already',
            )
