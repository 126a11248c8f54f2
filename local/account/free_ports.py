"""Free ports of this machine, each lent once by this process."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterable
from typing import Final

ADDRESS: Final = "127.0.0.1"
# Below what Linux (32768) and macOS (49152) take for outgoing connections: nothing else takes one by chance
# between the moment it is chosen and the moment somebody listens on it.
RANGE: Final = range(20_000, 32_000)
_taken: Final[set[int]] = set()
_lock = threading.Lock()


def take(wanted: int = 0) -> int:
    """Lend the port that is wanted if it is free, else any one; give it back in the end."""
    # Anywhere, so that two accounts on this machine do not look in the same places.
    start = random.randrange(len(RANGE))  # noqa: S311
    anywhere = [*RANGE[start:], *RANGE[:start]]
    candidates: list[int] = [wanted, *anywhere] if wanted else anywhere
    for port in candidates:
        with _lock:
            if port not in _taken and _is_free(port):
                _taken.add(port)
                return port
    raise OSError(f"no free port on {ADDRESS} from {RANGE.start} to {RANGE.stop}")


def listen(wanted: int = 0, backlog: int = 128) -> socket.socket:
    """Listen on a port as `take` chooses it."""
    while True:
        port = take(wanted)
        try:
            return socket.create_server((ADDRESS, port), backlog=backlog)
        except OSError:  # somebody was quicker
            wanted = 0
            give_back([port])


def give_back(ports: Iterable[int]) -> None:
    """Let others have them."""
    with _lock:
        _taken.difference_update(ports)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return False
        return True
