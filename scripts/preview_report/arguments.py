"""The command line, checked before anything is read."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.preview_report.errors import REFUSED, ReportError
from stacks.errors import SettingsError
from stacks.files import check_stack_file, stack_file
from stacks.settings import StackSettings

DESCRIPTION = """\
What a change would do to a stack, for the people who review it: the pull request comment, in Markdown.

Reads what `pulumi preview --json` prints, or what `python -m local preview --json FILE` writes on your machine.
"""
EPILOG = """\
exit code: 0 may be merged, 1 the preview failed or cannot be read, 2 refused (wrong arguments, wrong stack file),
           3 something in it wants an approval in the stack file (turnstay:approvals) that is not there or has ended

docs/pipeline.md tells what wants an approval, and how one is given
"""


@dataclass(frozen=True, kw_only=True)
class Arguments:
    """What was asked for."""

    settings: StackSettings
    preview: Path | None
    """None: standard input"""
    out: Path | None
    """None: standard output"""
    today: dt.date


def parse(arguments: Sequence[str], root: Path) -> Arguments:
    """Read the arguments and the settings of the stack."""
    parsed = _parser().parse_args(arguments)
    try:
        settings = check_stack_file(stack_file(root, parsed.stack), parsed.stack)
    except SettingsError as error:
        raise ReportError(str(error), REFUSED) from None
    return Arguments(
        settings=settings,
        preview=None if str(parsed.preview) == "-" else parsed.preview,
        out=parsed.out,
        today=dt.datetime.now(dt.UTC).date(),
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.preview_report",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--stack", required=True, help="the stack, such as staging")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where the Markdown goes")
    parser.add_argument(
        "preview", type=Path, nargs="?", default=Path("-"), metavar="PREVIEW", help="a file, or -"
    )
    return parser
