"""Bring the package groups of a domain to what they have to be, and tell in what they differ."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from components.packages.group_client import CodeArtifact, read_groups, write_group
from components.packages.origin_controls import ORIGINS, GroupControls
from components.threads import in_thread

DESCRIPTION: Final = "managed by pulumi"
PAUSE_SECONDS: Final = 2.0
TOLD_SECONDS: Final = 15.0


class OriginControlsError(Exception):
    """Packages could come from where they must not."""


@dataclass(frozen=True, kw_only=True)
class GroupChange:
    """The groups of a domain: those that it has to have, and those that were wanted before and are not now."""

    domain: str
    wanted: Sequence[GroupControls]
    dropped: Sequence[str] = ()
    """Patterns."""


async def apply_groups(
    change: GroupChange,
    client: CodeArtifact,
    report: Callable[[str], None],
    *,
    timeout_seconds: float,
) -> None:
    """Return when AWS says that every group is as wanted and that there is no other; again it changes nothing.

    A new group is there at once but not everywhere at once, so what was written is read until it is so. A group that this
    program never made may open what the others close: it is refused by its name, and not touched.
    """
    written = await in_thread(_write, change, client)
    report(
        f"{change.domain}: {', '.join(written)}"
        if written
        else f"{change.domain}: every package group was as wanted"
    )
    end = told = time.monotonic()
    end += timeout_seconds
    while found := await in_thread(deviations, change.domain, change.wanted, client):
        now = time.monotonic()
        if now >= end:
            raise OriginControlsError(_refusal(change.domain, found))
        if now - told >= TOLD_SECONDS:
            told = now
            report(f"{change.domain}: waiting for {'; '.join(found)}")
        await asyncio.sleep(min(PAUSE_SECONDS, end - now))


def deviations(domain: str, wanted: Sequence[GroupControls], client: CodeArtifact) -> list[str]:
    """In what the domain's groups differ from those wanted, a line for each group; it changes nothing."""
    found = read_groups(client, domain)
    right = {each["pattern"]: each for each in wanted}
    lines = [
        f"{pattern}: is not of this program; to remove it: aws codeartifact delete-package-group"
        f" --domain {domain} --package-group '{pattern}'"
        for pattern in sorted(found.keys() - right.keys())
    ]
    for pattern, controls in right.items():
        if pattern not in found:
            lines.append(f"{pattern}: is missing")
        elif wrong := _difference(controls, found[pattern]):
            lines.append(f"{pattern}: {wrong}")
    return lines


def _refusal(domain: str, found: Sequence[str]) -> str:
    count = "1 package group is" if len(found) == 1 else f"{len(found)} package groups are"
    return "\n".join(
        [
            f"{domain}: {count} not as wanted, so packages might come from where they must not",
            *(f"  {each}" for each in found),
            "  remove what is not of this program, then run the update again",
        ]
    )


def _difference(wanted: GroupControls, found: GroupControls) -> str:
    return ", ".join(
        f"{origin} is {_shown(found, origin)}, must be {_shown(wanted, origin)}"
        for origin in ORIGINS
        if _shown(found, origin) != _shown(wanted, origin)
    )


def _shown(controls: GroupControls, origin: str) -> str:
    repositories = controls["allowed"][origin]
    mode = controls["restrictions"][origin]
    return f"{mode} ({', '.join(repositories)})" if repositories else mode


def _write(change: GroupChange, client: CodeArtifact) -> list[str]:
    found = read_groups(client, change.domain)
    done = []
    for each in change.wanted:
        pattern = each["pattern"]
        if pattern not in found:
            client.create_package_group(
                domain=change.domain, packageGroup=pattern, description=DESCRIPTION
            )
            nothing: dict[str, list[str]] = {origin: [] for origin in ORIGINS}
            new: GroupControls = {"pattern": pattern, "restrictions": {}, "allowed": nothing}
            write_group(client, change.domain, each, new)
            done.append(f"{pattern} made")
        elif found[pattern] != each:
            write_group(client, change.domain, each, found[pattern])
            done.append(f"{pattern} put right")
    for pattern in change.dropped:
        if pattern in found:
            client.delete_package_group(domain=change.domain, packageGroup=pattern)
            done.append(f"{pattern} removed")
    return done
