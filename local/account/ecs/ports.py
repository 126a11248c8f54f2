"""Ports of this machine for the container ports of a task."""

from __future__ import annotations

import random
import re
import socket
import threading
from collections.abc import Iterable
from typing import Any, Final

# Below what Linux (32768) and macOS (49152) take for outgoing connections: nothing else takes one by chance
# between the moment it is chosen and the moment the container listens on it.
RANGE: Final = range(20_000, 32_000)
EVERYWHERE: Final = re.compile(r"(?<![\w.])0\.0\.0\.0(?![\w.])")
_taken: set[int] = set()
_lock = threading.Lock()


class Ports:
    """The free port of 127.0.0.1 that stands in for each container port of one task.

    A task has no network of its own here. So in the commands and health checks of all its containers each
    container port becomes the port of this machine, where it is a number of its own (`--port 8000`,
    `localhost:8000/health`, `PORT=8000`; not `18000`, `8000.5` or `8000ms`), and the address 0.0.0.0 becomes 127.0.0.1.
    Environment variables and what a program reads elsewhere are not touched: a program that takes its port
    from there listens on the container port itself, and a second task of it cannot.
    """

    def __init__(self, definitions: Iterable[dict[str, Any]]) -> None:
        mappings = [each for container in definitions for each in container.get("portMappings", [])]
        self._free = {each["containerPort"]: _free_port() for each in mappings}
        numbers = "|".join(str(each) for each in self._free) or "(?!)"
        self._numbers = re.compile(rf"(?<![\w.])({numbers})(?!\w|\.\d)")

    def of(self, container_port: int) -> int:
        """Return the port of this machine that stands in for a container port; KeyError for any other."""
        return self._free[container_port]

    def rewrite(self, argument: str) -> str:
        """Return one argument of a command as it runs here."""
        argument = self._numbers.sub(lambda found: str(self._free[int(found[1])]), argument)
        return EVERYWHERE.sub("127.0.0.1", argument)

    def release(self) -> None:
        """Give the ports back."""
        with _lock:
            _taken.difference_update(self._free.values())


def _free_port() -> int:
    # Anywhere, so that two accounts on this machine do not look in the same places.
    start = random.randrange(len(RANGE))  # noqa: S311
    for step in range(len(RANGE)):
        port = RANGE[(start + step) % len(RANGE)]
        with _lock:
            if port not in _taken and _is_free(port):
                _taken.add(port)
                return port
    raise OSError(f"no free port on 127.0.0.1 from {RANGE.start} to {RANGE.stop}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
