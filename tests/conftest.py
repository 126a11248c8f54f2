"""No test reaches beyond this machine."""

from __future__ import annotations

import gc
import os
import socket
import sys
from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

OF_THE_PROGRAM = ("tests/infra", "tests/controls", "tests/contracts")
LOOPBACK = ("127.", "::1", "localhost")
# A worker keeps some hundred modules and thousands of tests, which Python's default would walk again and again.
gc.set_threshold(50_000, 20, 100)
# Nor compile them again in each of some hundred processes, as a shell that wants no __pycache__ would have it.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Whatever the shell of the person who runs the tests is logged in to, no test may use it.
for name in [each for each in os.environ if each.startswith(("AWS_", "PULUMI_"))]:
    del os.environ[name]
os.environ |= {
    # The SDK's gRPC has threads, and its handlers of fork() write into, or stop, programs that a test starts.
    "GRPC_ENABLE_FORK_SUPPORT": "0",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "eu-west-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def pytest_xdist_auto_num_workers() -> int:
    """Two workers a core: a test that runs the engine mostly waits for tasks to start and to be well."""
    return 2 * (os.cpu_count() or 1)


class Whole(LoadFileScheduling):  # type: ignore[misc]
    """Gives each worker whole files, and one worker all of a folder that records the whole program again and again."""

    def _split_scope(self, nodeid: str) -> str:
        folder = _folder(nodeid)
        return folder if folder in OF_THE_PROGRAM else str(super()._split_scope(nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Whole:
    """Whatever `--dist` says: tests of one file follow one another, and share what is made for them."""
    return Whole(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker ends with it alone."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    if _folder(item.nodeid) == OF_THE_PROGRAM[0]:
        return 0
    if item.get_closest_marker("engine"):
        return 1
    return 2 if _folder(item.nodeid) in OF_THE_PROGRAM else 3


def _folder(nodeid: str) -> str:
    return "/".join(nodeid.split("/")[:2])


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test opened a connection to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
