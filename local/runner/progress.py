"""How a run is shown while it goes on: one moving line with counts, and in full what a person must read."""

from __future__ import annotations

import time
from collections import Counter

from local.runner.tally import News, Tally
from local.terminal import move, moves, say

TERMINAL_SECONDS = 0.2  # between two states of the moving line
PLAIN_SECONDS = 5.0  # between two lines where nothing can move: a file, a pipeline
NAMES = 3
INDENT = " " * 9
LABELS = {"error": "failed", "warning": "warning"}


class Progress:
    """Shows a tally. All of it happens on the caller's thread."""

    def __init__(self, label: str, tally: Tally, *, total: int | None) -> None:
        self._label = label
        self._tally = tally
        self._total = total
        self._started = time.monotonic()
        self._shown = self._started
        self.quiet = False

    def show(self) -> None:
        """Print what is new, and from time to time how far the run is."""
        for news in self._tally.news():
            if not self.quiet:
                say(text_of(news))
        now = time.monotonic()
        if now - self._shown >= (TERMINAL_SECONDS if moves() else PLAIN_SECONDS):
            self._shown = now
            (move if moves() else say)(self._line(now - self._started))

    def close(self, text: str) -> None:
        """Print how the run ended."""
        self.show()
        say(f"{self._label:<9}{text} in {time.monotonic() - self._started:.0f} s")

    def _line(self, elapsed: float) -> str:
        done = sum(self._tally.counts().values())
        of = f" of {self._total}" if self._total else ""
        names = self._tally.under_way()
        more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
        at = f": {', '.join(names[:NAMES])}{more}" if names else ""
        if not done and not names:
            return f"{self._label:<9}the program starts, {elapsed:.0f} s"
        return f"{self._label:<9}{done}{of} resources after {elapsed:.0f} s{at}"


def text_of(news: News) -> str:
    """Lay one piece of news out: its kind, the resource, the text with all its lines."""
    label = LABELS.get(news.severity, "")
    head = f"{news.name}: " if news.name else ""
    lines = (head + news.text).splitlines()
    return "\n".join([f"{label:<9}{lines[0]}", *(INDENT + line for line in lines[1:])])


def in_words(counts: Counter[str], *, planned: bool) -> str:
    """Say what a run changes, or has changed."""
    words = {"create": "created", "update": "updated", "replace": "replaced", "delete": "deleted"}
    done = []
    for op, past in words.items():
        if counts[op]:
            done.append(f"{counts[op]} {f'to {op}' if planned else past}")
    if counts["same"]:
        done.append(f"{counts['same']} unchanged")
    return ", ".join(done) or "nothing to do"
