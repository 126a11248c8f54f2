"""What a run has done so far, gathered from the engine's events."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pulumi.automation import EngineEvent, OpType
from pulumi.automation.events import DiagnosticEvent, StepEventMetadata

from local.runner.messages import kind_of, name_of, readable

UNCHANGED = frozenset({OpType.SAME, OpType.READ, OpType.REFRESH})
# A replacement is one change to a person; its steps have names of their own.
PROVIDERS = "pulumi:providers:"  # the engine leaves them out of its own counts
PARTS_OF_REPLACE = frozenset(
    {"create-replacement", "delete-replaced", "discard", "discard-replaced"}
)


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing to show as soon as it is known."""

    severity: str  # error, warning or info
    name: str
    text: str


class Tally:
    """Counts and news of one run. Events come in on a thread of the event server, the runner reads on its own."""

    def __init__(self, root: Path) -> None:
        self.begun = threading.Event()
        self.ended = threading.Event()
        self.failed: list[str] = []
        self._root = root
        self._guard = threading.Lock()
        self._done: dict[str, str] = {}
        self._under_way: dict[str, str] = {}
        self._summary: dict[str, int] | None = None
        self._news: list[News] = []
        self._told: set[tuple[str, str]] = set()

    def take(self, event: EngineEvent) -> None:
        """Note one event of the engine."""
        self.begun.set()
        with self._guard:
            if event.diagnostic_event:
                self._diagnose(event.diagnostic_event)
            elif event.resource_pre_event:
                self._begin(event.resource_pre_event.metadata)
            elif event.res_outputs_event:
                self._end(event.res_outputs_event.metadata)
            elif event.res_op_failed_event:
                urn = event.res_op_failed_event.metadata.urn
                self._under_way.pop(urn, None)
                self.failed.append(f"{name_of(urn)} ({kind_of(urn)})")
            elif event.summary_event:
                self._summary = {str(k): n for k, n in event.summary_event.resource_changes.items()}
            elif event.cancel_event:
                self.ended.set()

    def _diagnose(self, event: DiagnosticEvent) -> None:
        severity = event.severity.removesuffix("#err")
        text = None if severity == "debug" else readable(event.message, self._root)
        if not text:
            return
        name = name_of(event.urn)
        if severity == "error":
            if ("", text) in self._told or (name, text) in self._told:
                return
            self._told |= {(name, text)}
        self._news.append(News(severity=severity, name=name, text=text))

    def _begin(self, step: StepEventMetadata) -> None:
        of_a_provider = step.new is not None and step.new.custom
        if step.op not in UNCHANGED and of_a_provider:
            self._under_way[step.urn] = name_of(step.urn)

    def _end(self, step: StepEventMetadata) -> None:
        self._under_way.pop(step.urn, None)
        if not step.type.startswith(PROVIDERS):
            self._done[step.urn] = step.op.value

    def complain(self, text: str) -> None:
        """Note an error that came without an event."""
        with self._guard:
            if not self._told:
                self._news.append(News(severity="error", name="", text=text))

    def news(self) -> list[News]:
        """Hand over what has not been shown yet."""
        with self._guard:
            taken, self._news = self._news, []
            return taken

    def counts(self) -> Counter[str]:
        """Count resources by what was done to them; the engine's own figures once it has given them."""
        with self._guard:
            counted = Counter(self._done.values()) if self._summary is None else self._summary
            return Counter({op: n for op, n in counted.items() if op not in PARTS_OF_REPLACE})

    def under_way(self) -> list[str]:
        """Name what the engine works on right now, longest first."""
        with self._guard:
            return list(self._under_way.values())


def changes(counts: Counter[str]) -> int:
    """Count the resources that a run changes."""
    unchanged = {op.value for op in UNCHANGED}
    return sum(n for op, n in counts.items() if op not in unchanged)
