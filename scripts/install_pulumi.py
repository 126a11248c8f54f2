"""Install the official Pulumi CLI in the version that this project works with, and print its folder; see --help.

For machines of a pipeline. On yours, `make up` finds or makes an engine by itself.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from pulumi.automation import PulumiCommand
from pulumi.automation.errors import CommandError
from semver import VersionInfo

from local.engine.engine import PINNED


def main(arguments: Sequence[str]) -> int:
    """Install it below the folder, unless it is there already."""
    parser = argparse.ArgumentParser(prog="python -m scripts.install_pulumi", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=Path.home() / ".pulumi" / "versions" / str(PINNED)
    )
    root: Path = parser.parse_args(arguments).root
    try:
        PulumiCommand.install(root=str(root), version=VersionInfo.parse(str(PINNED)))
    except (CommandError, OSError, RuntimeError) as error:
        print(f"install_pulumi: {error}", file=sys.stderr)
        return 1
    print(root / "bin")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
