"""One run of the script: right arguments, the preview, then the report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from scripts.preview_report.arguments import Arguments, parse
from scripts.preview_report.changes import changes_of
from scripts.preview_report.cost.delta import cost_delta
from scripts.preview_report.errors import FAILED, ReportError
from scripts.preview_report.judgement import judge
from scripts.preview_report.markdown import Report, render
from scripts.preview_report.preview import Preview, read_preview
from scripts.preview_report.quoting import prose

PROJECT: Final = Path(__file__).parents[2]
MAY_BE_MERGED: Final = 0
WANTS_APPROVAL: Final = 3
ERRORS_SHOWN: Final = 10


def main(arguments: Sequence[str], root: Path = PROJECT) -> int:
    """Run the script and return its exit code. A mistake is told in one message, never in a traceback."""
    try:
        parsed = parse(arguments, root)
        text, code = _comment(parsed)
        if parsed.out:
            parsed.out.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    except ReportError as error:
        print(f"preview_report: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"preview_report: {error.filename}: {error.strerror}", file=sys.stderr)
        return FAILED
    return code


def _comment(arguments: Arguments) -> tuple[str, int]:
    try:
        preview = read_preview(_read(arguments.preview))
    except ReportError as error:
        if arguments.out is None:
            raise
        # Whoever waits for the comment reads it there as well.
        print(f"preview_report: {error}", file=sys.stderr)
        return _failed((str(error),), arguments)
    return _failed(preview.errors, arguments) if preview.errors else _report(preview, arguments)


def _read(path: Path | None) -> str:
    try:
        return path.read_text(encoding="utf-8") if path else sys.stdin.read()
    except UnicodeDecodeError as error:
        raise ReportError(f"the preview is not UTF-8: {error.reason}") from None


def _report(preview: Preview, arguments: Arguments) -> tuple[str, int]:
    settings = arguments.settings
    changes = changes_of(preview.steps)
    judged = judge(changes, settings.approvals, arguments.today)
    cost = cost_delta(changes, settings)
    text = render(Report(stack=settings.stack, changes=changes, judged=judged, cost=cost))
    return text, WANTS_APPROVAL if any(each.blocks for each in judged) else MAY_BE_MERGED


def _failed(reasons: Sequence[str], arguments: Arguments) -> tuple[str, int]:
    """A preview that broke off: what it lists is not all, so nothing of it is judged."""
    errors = [f"> {prose(each)}" for each in reasons[:ERRORS_SHOWN]]
    heading = f"### Preview of {arguments.settings.stack}: 🔴 it failed"
    return "\n\n".join([heading, *errors]) + "\n", FAILED
