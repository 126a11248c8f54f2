"""Requests that are on their way to targets: a target that leaves its group ends those it has and gets no other."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from moto.elbv2.models import elbv2_backends

from local.account.gaps.elbv2 import target_health

Key = tuple[str, str, int]  # target group, address, port

_lock: Final = threading.Lock()
_in_flight: Final[Counter[Key]] = Counter()
_last: Final[dict[Key, int]] = {}  # whose turn it was
_turns: Final = itertools.count(1)


@contextmanager
def admitted(arn: str) -> Iterator[int | None]:
    """Lend the port of a healthy target of a group to one request; None when there is none.

    The target with the fewest requests, and of several the one whose turn is longest ago.
    """
    with _lock:
        key = min(
            healthy(arn), key=lambda each: (_in_flight[each], _last.get(each, 0)), default=None
        )
        if key:
            _in_flight[key] += 1
            _last[key] = next(_turns)
    try:
        yield key[2] if key else None
    finally:
        if key:
            with _lock:
                _in_flight[key] -= 1


@contextmanager
def closed() -> Iterator[None]:
    """Let no request choose a target meanwhile."""
    with _lock:
        yield


def is_busy(key: Key) -> bool:
    """Whether a target still has requests."""
    with _lock:
        return _in_flight[key] > 0


def forget(key: Key) -> None:
    """Drop what is known of a target that has left: its port is somebody else's soon."""
    with _lock:
        _in_flight.pop(key, None)
        _last.pop(key, None)


def healthy(arn: str) -> list[Key]:
    """List the targets of a group that requests may go to."""
    _, _, _, region, account_id, *_ = arn.split(":")
    group = elbv2_backends[account_id][region].target_groups.get(arn)
    registered = list(group.targets.values()) if group else []
    found = [(arn, str(each["Id"]), int(each["Port"])) for each in registered]
    # One that nobody looks at is moto's own, and healthy there too.
    return [
        key for key in found if key not in target_health or target_health[key].state == "healthy"
    ]
