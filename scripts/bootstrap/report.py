"""What the operator reads; pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

from scripts.bootstrap.requirement import Finding, Verdict
from scripts.bootstrap.target import Target

WIDTH: Final = 88
MARGIN: Final = " " * 11
DONE: Final[Mapping[Verdict, str]] = {"ok": "ok", "missing": "made", "differs": "mended"}


def heading(target: Target, *, apply: bool) -> str:
    """What the run is about, and whether it acts."""
    what = "what is missing is made" if apply else "a dry run: nothing is changed"
    return f"stack {target.stack}, account {target.account_id}, region {target.region}; {what}"


def finding_lines(finding: Finding, *, applied: bool) -> list[str]:
    """What is so on one line; what is not, with what is or was there and what it should be."""
    verdict = finding.verdict
    first = f"  {DONE[verdict] if applied else verdict:<8} {finding.name}"
    if verdict == "ok":
        return [f"{first}: {shown(finding.found)}" if _short(finding.found) else first]
    lines = [first]
    if verdict == "differs":
        lines += _labelled("was" if applied else "is", finding.found)
    return lines + _labelled("now" if applied else "wanted", finding.wanted)


def summary(verdicts: Mapping[Verdict, int], target: Target, *, applied: bool) -> str:
    """How it stands, and what follows."""
    open_ = verdicts.get("missing", 0) + verdicts.get("differs", 0)
    total = open_ + verdicts.get("ok", 0)
    commands = "".join(f"\n  {command}" for command in target.next_commands)
    if not open_:
        state = f"all {total} are in place; nothing was changed. Next, in this folder:"
    elif applied:
        state = (
            f"{open_} of {total} made or mended, all {total} are in place. Next, in this folder:"
        )
    else:
        state = (
            f"{open_} of {total} are not in place; nothing was changed. The same command with --apply makes"
            " them so.\nAfter that, in this folder:"
        )
    return f"\n{state}{commands}"


def shown(value: object) -> str:
    """A value on one line."""
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True)


def _short(value: object) -> bool:
    return len(shown(value)) <= WIDTH


def _labelled(label: str, value: object) -> list[str]:
    first, *others = _broken(value)
    return [f"{MARGIN}{label:<7} {first}", *(f"{MARGIN}{'':<8}{line}" for line in others)]


def _broken(value: object) -> list[str]:
    """A value on as few lines as fit: a list or an object that is too long has one line for each item."""
    if _short(value) or not isinstance(value, dict | list):
        return [shown(value)]
    if isinstance(value, dict):
        items = [(f"{json.dumps(key)}: ", value[key]) for key in sorted(value)]
    else:
        items = [("", item) for item in value]
    lines: list[str] = []
    for name, item in items:
        # Short text is shown as JSON here: it stands among other values.
        first, *others = [json.dumps(item)] if isinstance(item, str) else _broken(item)
        lines += [f"  {name}{first}", *(f"  {line}" for line in others)]
        lines[-1] += ","
    lines[-1] = lines[-1].removesuffix(",")
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return [opening, *lines, closing]
