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
from stacks.names import PROJECT, repository_name, slug

ROOT: Final = Path(__file__).parents[1]


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Print the facts of a stack; 2 when its file is wrong."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
        facts = {
            "account": settings.account.id,
            "region": settings.account.region,
            "backend": f"s3://{PROJECT}-state-{settings.stack}-{settings.account.id}?region={settings.account.region}",
        }
        for kind in ("preview", "deploy"):
            facts[f"{kind}-role"] = _role(settings.account.id, f"{settings.stack}-{kind}")
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
            facts["release-role"] = _role(
                settings.account.id, f"{settings.stack}-release-{slug(parsed.service)}"
            )
            facts["platform"] = (
                "linux/arm64" if settings.compute.cpu_architecture == "ARM64" else "linux/amd64"
            )
    except SettingsError as error:
        print(f"stack_facts: {error}", file=sys.stderr)
        return 2
    for name, value in facts.items():
        print(f"{name}={value}")
    return 0


def _role(account: str, name: str) -> str:
    return f"arn:aws:iam::{account}:role/{PROJECT}-{name}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m scripts.stack_facts", description=__doc__)
    parser.add_argument("--stack", required=True)
    parser.add_argument("--service", help="also the facts of this service's images")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
