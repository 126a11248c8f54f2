"""What one account has under way: jobs in the background, and the functions that run."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from local.account.delivery.functions import Functions
from local.account.leftovers import Journal

# AWS waits for minutes before it tries again.
PAUSE_SECONDS: Final = 0.05
THREADS: Final = 8
log = logging.getLogger(__name__)
_open: Final[dict[str, Delivery]] = {}


class Delivery:
    """The jobs of an account. While it is open, `delivery_of` finds it; whoever publishes waits for none of them."""

    def __init__(self, account_id: str, endpoint: str, journal: Journal) -> None:
        self.account_id = account_id
        self.functions = Functions(account_id, endpoint, journal)
        self._jobs = ThreadPoolExecutor(THREADS, f"delivery-{account_id}")
        self._closed = threading.Event()
        _open[account_id] = self

    def submit(self, job: Callable[[], None]) -> None:
        """Do it soon; what goes wrong in it is in the account's log."""
        if not self._closed.is_set():
            self._jobs.submit(job).add_done_callback(_told)

    def pause(self) -> bool:
        """Wait before something is tried again; False when there is no use in trying."""
        return not self._closed.wait(PAUSE_SECONDS)

    def close(self) -> None:
        """Let nothing more begin, and end what runs."""
        self._closed.set()
        _open.pop(self.account_id, None)
        self._jobs.shutdown(wait=False, cancel_futures=True)
        self.functions.close()
        self._jobs.shutdown(wait=True)


def delivery_of(account_id: str) -> Delivery | None:
    """What the account has under way; None for one that is not one of ours, as in a test of moto's own."""
    return _open.get(account_id)


def _told(job: Future[None]) -> None:
    if not job.cancelled() and (error := job.exception()):
        log.error("a delivery failed", exc_info=error)
