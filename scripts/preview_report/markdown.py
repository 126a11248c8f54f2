"""The pull request comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from scripts.preview_report.changes import Change, Kind
from scripts.preview_report.cost.delta import Delta
from scripts.preview_report.cost.prices import REGION
from scripts.preview_report.finding import Topic
from scripts.preview_report.judgement import Judged
from scripts.preview_report.ownership import PLATFORM, service_of
from scripts.preview_report.quoting import code, prose
from stacks.approvals import short_name

BLOCKED, APPROVED, NOTED = "🔴", "🟢", "🟡"
HEADINGS: Final[dict[Topic, str]] = {
    "data": "Data and what everything stands on",
    "access": "Permissions and network, wider than before",
    "secrets": "Secrets",
    "watch": "Alarms and what watches",
}
WORDS: Final[dict[Kind, str]] = {
    "delete": "deleted",
    "replace": "replaced",
    "update": "updated",
    "create": "created",
}
SHOWN: Final = (
    25  # findings of a topic and names of a kind; GitHub takes 65,536 characters in a comment
)
INTERNAL: Final = ("pulumi:pulumi:", "pulumi:providers:")


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that the comment says."""

    stack: str
    changes: Sequence[Change]
    judged: Sequence[Judged]
    cost: Delta


def render(report: Report) -> str:
    """Markdown: what holds the change up first, then what it does, then what it costs."""
    parts = [_heading(report)]
    for topic in HEADINGS:
        parts += _topic(topic, [each for each in report.judged if each.finding.topic == topic])
    parts += _changes([each for each in report.changes if counts(each)])
    parts += _cost(report.cost)
    return "\n\n".join(parts) + "\n"


def counts(change: Change) -> bool:
    """Whether it is a change to a person: components and the engine's own entries are not."""
    is_component = change.new.get("custom", change.old.get("custom")) is False
    if change.kind == "keep" or is_component or change.type.startswith(INTERNAL):
        return False
    return not only_tags(change)


def only_tags(change: Change) -> bool:
    """Whether nothing but tags differs."""
    tags = {"tags", "tagsAll", "defaultTags", "__defaults"}
    return change.kind == "update" and bool(change.reasons) and set(change.reasons) <= tags


def _heading(report: Report) -> str:
    open_ = [each for each in report.judged if each.blocks]
    count = sum(1 for each in report.changes if counts(each))
    if open_:
        resources = len({each.finding.change.urn for each in open_})
        what = "1 resource needs" if resources == 1 else f"{resources} resources need"
        state = f"{BLOCKED} {what} an approval before this may be merged"
    else:
        state = "nothing changes" if not count else f"{count} change{'s' if count > 1 else ''}"
    return f"### Preview of {report.stack}: {state}"


def _topic(topic: Topic, judged: Iterable[Judged]) -> Iterator[str]:
    # Red first; the same words about several resources are one line.
    ranked = sorted(judged, key=lambda each: (_rank(each), each.finding.text))
    if not ranked:
        return
    lines = []
    for (rank, text), some in groupby(ranked, lambda each: (_rank(each), each.finding.text)):
        same = list(some)
        names = [code(short_name(each.finding.change.urn)) for each in same]
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        by = f" (approved by {code(same[0].approved_by)})" if same[0].approved_by else ""
        mark = (BLOCKED, APPROVED, NOTED)[rank]
        lines.append(f"- {mark} {', '.join(names[:SHOWN])}{more}: {prose(text)}{by}")
    yield f"#### {HEADINGS[topic]}"
    rest = len(lines) - SHOWN
    yield "\n".join(lines[:SHOWN] + ([f"- and {rest} more"] if rest > 0 else []))


def _rank(judged: Judged) -> int:
    return 0 if judged.blocks else 1 if judged.approved_by else 2


def _changes(changes: Sequence[Change]) -> Iterator[str]:
    if not changes:
        return
    yield "#### What changes"
    by_service: dict[str, list[Change]] = {}
    for change in changes:
        by_service.setdefault(service_of(change), []).append(change)
    rows = ["| service | what |", "|---|---|"]
    for service in sorted(by_service, key=lambda each: (each == PLATFORM, each)):
        parts = []
        for kind, word in WORDS.items():
            names = sorted(code(each.name) for each in by_service[service] if each.kind == kind)
            if names:
                more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
                parts.append(f"{len(names)} {word}: {', '.join(names[:SHOWN])}{more}")
        rows.append(f"| {service} | {'<br>'.join(parts)} |")
    yield "\n".join(rows)


def _cost(cost: Delta) -> Iterator[str]:
    if not cost.usd and not cost.unpriced:
        return
    total = sum(cost.usd.values())
    yield f"#### Cost: {total:+,.2f} USD a month"
    if cost.usd:
        rows = [f"| {each} | {by:+,.2f} |" for each, by in sorted(cost.usd.items())]
        yield "\n".join(["| service | USD a month |", "|---|---:|", *rows])
    if cost.unpriced:
        yield f"No price is known here for {', '.join(code(each) for each in cost.unpriced[:SHOWN])}."
    yield f"List prices of {REGION}, at the number of tasks that run at least; what use costs (traffic, logs) is not in it."
