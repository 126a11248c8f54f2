"""What a workflow must know of a stack before it can log in: account, region, state, roles; see --help.

One `name=value` a line, as $GITHUB_OUTPUT takes it. It needs no credentials.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.names import (
    deploy_role_name,
    preview_role_name,
    release_role_name,
    repository_name,
    state_bucket_name,
)
from stacks.settings import StackSettings

ROOT: Final = Path(__file__).parents[1]


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Print the facts of a stack; 2 when its file is wrong."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
        facts = {
            "account": settings.account.id,
            "region": settings.account.region,
            "backend": f"s3://{_bucket(settings)}?region={settings.account.region}",
            "preview-role": _role(settings, preview_role_name(settings.stack)),
            "deploy-role": _role(settings, deploy_role_name(settings.stack)),
            "packages": "managed" if settings.packages.manage else "elsewhere",
        }
        if parsed.service:
            if parsed.service not in settings.services:
                print(
                    f"stack_facts: no service {parsed.service!r}; there are {', '.join(settings.services)}",
                    file=sys.stderr,
                )
                return 2
            registry = f"{settings.account.id}.dkr.ecr.{settings.account.region}.amazonaws.com"
            facts["registry"] = registry
            facts["repository"] = repository_name(settings.stack, parsed.service)
            release = release_role_name(settings.stack, parsed.service)
            facts["release-role"] = _role(settings, release)
            facts["platform"] = (
                "linux/arm64" if settings.compute.cpu_architecture == "ARM64" else "linux/amd64"
            )
    except SettingsError as error:
        print(f"stack_facts: {error}", file=sys.stderr)
        return 2
    for name, value in facts.items():
        print(f"{name}={value}")
    return 0


def _role(settings: StackSettings, name: str) -> str:
    return f"arn:aws:iam::{settings.account.id}:role/{name}"


def _bucket(settings: StackSettings) -> str:
    given = settings.delivery.state_bucket if settings.delivery else None
    return given or state_bucket_name(settings.stack, settings.account.id)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.stack_facts", description=__doc__)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--service", help="also the facts of this service's images")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
