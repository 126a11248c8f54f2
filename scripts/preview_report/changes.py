"""What happens to each resource: the engine's steps, put together by resource."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from scripts.preview_report.preview import UNCHANGED, Step
from scripts.preview_report.values import Json

Kind = Literal["create", "update", "replace", "delete", "keep"]
KINDS: Final[dict[str, Kind]] = {
    "create": "create",
    "import": "create",
    "update": "update",
    "delete": "delete",
    "read-discard": "delete",
    # The engine forgets the resource (retainOnDelete, `discard`): whatever it holds has no owner any more.
    "discard": "delete",
    "remove-pending-replace": "delete",
    # Each alone is enough: a preview with --show-replacement-steps holds all, one with deleteBeforeReplace another order.
    "replace": "replace",
    "create-replacement": "replace",
    "delete-replaced": "replace",
    "discard-replaced": "replace",
    "import-replacement": "replace",
    "read-replacement": "replace",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One resource before and after. A kept one is here when the preview shows it: its options may change."""

    kind: Kind
    urn: str
    type: str
    name: str
    old: Json
    new: Json
    was: Json
    will: Json
    reasons: tuple[str, ...]

    @property
    def short(self) -> str:
        """Type and name, as an approval may name it."""
        return f"{self.type}::{self.name}"

    @property
    def existed(self) -> bool:
        """Whether it is there today; its inputs may be none all the same."""
        return bool(self.old)

    @property
    def remains(self) -> bool:
        """Whether it is there afterwards."""
        return bool(self.new)


def changes_of(steps: Iterable[Step]) -> tuple[Change, ...]:
    """One change for each resource, in the order of the first step of each."""
    by_urn: dict[str, list[Step]] = {}
    for step in steps:
        by_urn.setdefault(step.urn, []).append(step)
    return tuple(_change(each) for each in by_urn.values())


def kind_of(ops: Iterable[str]) -> Kind:
    """What the steps of one resource come to; an operation that is not known is never taken for harmless."""
    kinds = {
        "keep" if op in UNCHANGED else KINDS.get(op, "replace")
        for op in ops
    }  # fmt: skip
    if "replace" in kinds or {"create", "delete"} <= kinds:
        return "replace"
    for kind in ("delete", "create", "update"):
        if kind in kinds:
            return KINDS[kind]
    return "keep"


def _change(steps: list[Step]) -> Change:
    olds = [step for step in steps if step.old]
    news = [step for step in steps if step.new]
    old = olds[0] if olds else steps[0]
    new = news[-1] if news else steps[-1]
    kind = kind_of(step.op for step in steps)
    return Change(
        kind=kind,
        urn=steps[0].urn,
        type=steps[0].type,
        name=steps[0].name,
        old=old.old,
        # The state in a delete step of some engines is repeated as the new one.
        new={} if kind == "delete" else new.new,
        was=old.was,
        will={} if kind == "delete" else new.will,
        reasons=tuple(dict.fromkeys(reason for step in steps for reason in step.reasons)),
    )
