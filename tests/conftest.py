"""No test reaches beyond this machine."""

from __future__ import annotations

import os
import socket
from typing import Any

import pytest

LOOPBACK = ("127.", "::1", "localhost")
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker ends with it alone."""
    items.sort(key=lambda item: item.get_closest_marker("engine") is None)


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if not str(host).startswith(LOOPBACK):
            raise AssertionError(f"a test opened a connection to {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
