"""What `pulumi preview --json` prints, as steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from scripts.preview_report.errors import ReportError
from scripts.preview_report.values import Json, items, mapping, number

# Steps that leave a resource as it is. All others are changes, those of a later engine too.
UNCHANGED: Final = frozenset({"same", "read", "refresh"})
HOW: Final = "make it with `pulumi preview --json` or `python -m local preview --json FILE`"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the engine's plan."""

    op: str
    urn: str
    old: Json
    new: Json
    reasons: tuple[str, ...]

    @property
    def type(self) -> str:
        """The resource's own type, such as aws:rds/instance:Instance."""
        return self.urn.split("::")[2].rpartition("$")[2]

    @property
    def name(self) -> str:
        """The logical name."""
        return self.urn.split("::", 3)[3]

    @property
    def was(self) -> Json:
        """The inputs until now."""
        return mapping(self.old.get("inputs"))

    @property
    def will(self) -> Json:
        """The inputs after the update."""
        return mapping(self.new.get("inputs"))


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A whole preview."""

    steps: tuple[Step, ...]
    unchanged: int
    errors: tuple[str, ...]
    config: Json = field(repr=False)  # plain values; the engine hides the encrypted ones


def read_preview(text: str) -> Preview:
    """Read a preview; ReportError for anything from which a change could be missing."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ReportError(f"the preview is no JSON ({error}); {HOW}") from None
    if not isinstance(content, dict) or "changeSummary" not in content | {"steps": None}:
        errors = tuple(_errors(mapping(content))) if isinstance(content, dict) else ()
        if not errors:
            raise ReportError(f"the preview has no changeSummary; {HOW}")
        return Preview(steps=(), unchanged=0, errors=errors, config={})
    steps = tuple(_step(mapping(each)) for each in items(content.get("steps")))
    summary = {op: int(number(n) or 0) for op, n in mapping(content["changeSummary"]).items()}
    planned = sum(n for op, n in summary.items() if op not in UNCHANGED)
    found = len({(step.op, step.urn) for step in steps if step.op not in UNCHANGED})
    if found < planned:
        raise ReportError(
            f"the preview counts {planned} changes and holds {found}: it is cut, or was made with"
            f" --suppress-outputs or a filter; {HOW}"
        )
    return Preview(
        steps=steps,
        unchanged=sum(n for op, n in summary.items() if op in UNCHANGED),
        errors=tuple(_errors(content)),
        config=mapping(content.get("config")),
    )


def _step(step: Json) -> Step:
    urn, op = step.get("urn"), step.get("op")
    if not isinstance(urn, str) or urn.count("::") < 3 or not isinstance(op, str):  # noqa: PLR2004
        raise ReportError(f"a step of the preview has no operation or no URN; {HOW}")
    return Step(
        op=op,
        urn=urn,
        old=mapping(step.get("oldState")),
        new=mapping(step.get("newState")),
        reasons=tuple(str(each) for each in items(step.get("diffReasons"))),
    )


def _errors(content: Json) -> Iterator[str]:
    for each in items(content.get("diagnostics")):
        diagnostic = mapping(each)
        if diagnostic.get("severity") == "error":
            yield str(diagnostic.get("message", "")).strip()
