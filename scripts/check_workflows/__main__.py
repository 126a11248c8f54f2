"""Check .github with actionlint and zizmor; see --help.

actionlint knows the syntax of workflows and of what their expressions see; zizmor knows how workflows are attacked.
Both look at files alone. exit code: 0 clean, 1 findings, 2 a tool is not to be had.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.check_workflows.actionlint import find_actionlint
from scripts.check_workflows.tool import UnavailableError

ROOT = Path(__file__).parents[2]


def main(arguments: Sequence[str]) -> int:
    """Run both, and print what they find."""
    parser = argparse.ArgumentParser(prog="python -m scripts.check_workflows", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=ROOT, help="a folder with .github (this project)"
    )
    root: Path = parser.parse_args(arguments).root
    zizmor = Path(sys.executable).parent / "zizmor"
    try:
        actionlint = find_actionlint()
    except UnavailableError as why:
        print(f"check_workflows: {why}", file=sys.stderr)
        return 2
    if not zizmor.is_file():
        print(f"check_workflows: {zizmor} does not exist; `make install` makes it", file=sys.stderr)
        return 2
    workflows = sorted(str(each) for each in (root / ".github/workflows").glob("*.y*ml"))
    commands = (
        # Whether shellcheck and pyflakes are installed must not decide what is found.
        [str(actionlint), "-no-color", "-shellcheck=", "-pyflakes=", *workflows],
        [
            str(zizmor),
            "--offline",
            "--quiet",
            "--no-progress",
            "--color=never",
            str(root / ".github"),
        ],
    )
    clean = True
    for command in commands:
        done = subprocess.run(  # noqa: S603 - the two tools
            command, cwd=root, capture_output=True, text=True, check=False
        )
        if done.returncode:
            clean = False
            print(done.stdout + done.stderr, end="")
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
