"""Somebody outside AWS, as far as alerts know them: an HTTP server that keeps what it gets, and may be down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Self

UP, DOWN = 200, 503


@dataclass(frozen=True)
class Request:
    """What came in; headers by their names in small letters."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


class StandIn(ThreadingHTTPServer):
    """Takes everything while `status` is UP, and refuses it otherwise; `got` is what it took, `refused` what not."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = UP
        self.got: list[Request] = []
        self.refused: list[Request] = []
        self.url = f"http://127.0.0.1:{self.server_port}"

    def begin(self, status: int = UP) -> None:
        """Forget what came in so far."""
        self.status = status
        self.got.clear()
        self.refused.clear()

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, json.loads(body) if body else None)
        status = self.server.status
        (self.server.got if status == UP else self.server.refused).append(request)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST = _take  # noqa: N815 - the names that the server looks for

    def log_message(self, *_: object) -> None:
        """Quiet."""
