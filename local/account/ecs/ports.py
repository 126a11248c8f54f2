"""Ports of this machine for the container ports of a task."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from local.account import free_ports

EVERYWHERE: Final = re.compile(r"(?<![\w.])0\.0\.0\.0(?![\w.])")


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
        self._free = {each["containerPort"]: free_ports.take() for each in mappings}
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
        free_ports.give_back(self._free.values())
