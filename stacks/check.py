"""Check every stack file of the project together: `python -m stacks.check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file, stack_names
from stacks.neighbours import conflicts
from stacks.rules.sizes import vcpus_at_most
from stacks.settings import StackSettings

ROOT: Final = Path(__file__).resolve().parent.parent


def main(root: Path = ROOT) -> int:
    """Print a line for each right stack file and every mistake in the others; 0 without any."""
    settings: dict[str, StackSettings] = {}
    errors: dict[str, SettingsError] = {}
    for stack in stack_names(root):
        try:
            settings[stack] = check_stack_file(stack_file(root, stack), stack)
        except SettingsError as error:
            errors[stack] = error
    errors |= conflicts(tuple(settings.values()))
    for stack in sorted(settings.keys() - errors.keys()):
        print(f"{stack}: ok, {_summary(settings[stack])}")
    for stack in sorted(errors):
        print(errors[stack], file=sys.stderr)
    if not settings and not errors:
        print(f"{root}: no stack file Pulumi.STACK.yaml", file=sys.stderr)
        return 1
    return 1 if errors else 0


def _summary(settings: StackSettings) -> str:
    zones, services = settings.network.availability_zones, settings.services.values()
    vcpus, quota = vcpus_at_most(services), settings.compute.fargate_vcpu_quota
    return (
        f"{len(services)} services in {len(zones)} zones of {settings.account.region},"
        f" at most {vcpus:g} of {quota} Fargate vCPU"
    )


if __name__ == "__main__":
    sys.exit(main())
