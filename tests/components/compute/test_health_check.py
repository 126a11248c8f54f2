from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from components.compute.health_check import health_check


@contextmanager
def server(status: int) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        try:
            yield running.server_port
        finally:
            running.shutdown()


def exit_code(port: int) -> int:
    definition: dict[str, Any] = health_check(port, "/health", 60)
    kind, program, *arguments = definition["command"]
    assert (kind, program) == ("CMD", "python")
    done = subprocess.run(  # noqa: S603 - the command under test
        [sys.executable, *arguments], capture_output=True, check=False
    )
    return done.returncode


@pytest.mark.parametrize(("status", "code"), [(200, 0), (404, 1), (500, 1), (503, 1)])
def test_the_command_fails_unless_the_application_says_that_it_is_well(
    status: int, code: int
) -> None:
    with server(status) as port:
        assert exit_code(port) == code


def test_the_command_fails_when_nothing_listens() -> None:
    with server(200) as port:
        pass
    assert exit_code(port) == 1


def test_the_start_period_stays_within_what_ecs_takes() -> None:
    assert health_check(8000, "/health", 1800)["startPeriod"] == 300
