"""What the pipeline writes on GitHub: the comment of a pull request, the issue about drift; see --help."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from scripts.github.api import Api, GithubError
from scripts.github.comment import upsert_comment
from scripts.github.drift import report_drift

EPILOG = """\
exit code: 0 done, 1 GitHub refused or was not reached, 2 wrong arguments
environment: GITHUB_REPOSITORY and GITHUB_TOKEN, as a workflow has them
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command."""
    parsed = _parser().parse_args(arguments)
    try:
        text = parsed.file.read_text(encoding="utf-8", errors="replace")
        api = Api.from_environment()
        if parsed.command == "comment":
            print(upsert_comment(api, parsed.pull_request, parsed.section, text))
        else:
            print(report_drift(api, parsed.stack, parsed.code, text, run_url()))
    except GithubError as error:
        print(f"github: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"github: {parsed.file}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def run_url() -> str:
    """The page of the workflow's run."""
    server, repository = (
        os.environ.get("GITHUB_SERVER_URL", "https://github.com"),
        os.environ["GITHUB_REPOSITORY"],
    )
    return f"{server}/{repository}/actions/runs/{os.environ.get('GITHUB_RUN_ID', '')}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.github",
        description=__doc__,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    comment = commands.add_parser(
        "comment", help="write a section of the pull request's one comment"
    )
    comment.add_argument("--pull-request", type=int, required=True, metavar="NUMBER")
    comment.add_argument("--section", required=True, help="which one: a stack")
    drift = commands.add_parser(
        "drift", help="open, update or close the issue about a stack's drift"
    )
    drift.add_argument("--stack", required=True)
    drift.add_argument(
        "--code", type=int, required=True, help="how the check ended: 0, or 7 for drift"
    )
    for each in (comment, drift):
        each.add_argument("file", type=Path, metavar="FILE", help="the text")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
