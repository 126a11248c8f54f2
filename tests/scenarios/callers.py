"""Somebody who calls the public service all the time, as the load balancer would pass it on."""

from __future__ import annotations

import threading
from collections import Counter
from types import TracebackType
from typing import Self

from tests.scenarios.account_view import AccountView, get

PAUSE_SECONDS = 0.1


class Callers:
    """Calls a healthy target again and again, and counts the revisions that answered. `refused` must stay empty."""

    def __init__(self, view: AccountView) -> None:
        self.answered: Counter[str] = Counter()
        self.refused: list[str] = []
        self._view, self._over = view, threading.Event()
        self._thread = threading.Thread(target=self._call, name="callers")

    def _call(self) -> None:
        while not self._over.wait(PAUSE_SECONDS):
            healthy = self._healthy()
            if not healthy:
                self.refused.append("the load balancer has no healthy target")
                continue
            try:
                self.answered[get(healthy[0])["revision"]] += 1
            except OSError as error:
                # Between the question and the call the target may have been taken out: no caller would have come to it.
                if healthy[0] in self._healthy():
                    self.refused.append(f"target {healthy[0]}: {error}")

    def _healthy(self) -> list[int]:
        return [port for port, state in self._view.targets().items() if state == "healthy"]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
