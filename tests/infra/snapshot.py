"""The list of stateful URNs that a deployed stack may hold: `python -m tests.infra.snapshot`.

New resources are added. A URN is never dropped by itself, for a stack that was not deployed since still has it; once
every stack is deployed, or when the resource is to go with all it holds, `--forget URN` drops it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.infra.stateful import former, stateful

FILE: Final = Path(__file__).with_name("stateful_urns.txt")
COMMAND: Final = "python -m tests.infra.snapshot"


def kept(stack: str) -> set[str]:
    """The URNs in the file that belong to a stack."""
    lines = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
    return {line for line in lines if line.startswith(f"urn:pulumi:{stack}::")}


def problems(recording: Recording, kept: set[str]) -> list[str]:
    """Which stateful resources the engine would delete, and which are not in the file yet."""
    now = stateful(recording)
    lost = sorted(kept - now - former(recording))
    return [
        f"the engine would delete {urn} with all it holds: if it has a new name or parent, give the resource"
        f" aliases=[pulumi.Alias(name=…)] or aliases=[{urn!r}]; if it is to go, run {COMMAND} --forget {urn!r}"
        for urn in lost
    ] + [f"{urn} is new: run {COMMAND}" for urn in sorted(now - kept)]


def main(arguments: list[str] | None = None) -> None:
    """Write the file anew."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--forget", action="append", default=[], metavar="URN")
    forgotten = set(parser.parse_args(arguments).forget)
    urns = {urn for stack in STACKS for urn in kept(stack) | stateful(platform(stack))}
    if unknown := sorted(forgotten - urns):
        parser.error(f"not in {FILE.name}: {', '.join(unknown)}")
    FILE.write_text("".join(f"{urn}\n" for urn in sorted(urns - forgotten)), "utf-8")


if __name__ == "__main__":
    main()
