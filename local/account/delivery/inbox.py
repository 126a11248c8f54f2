"""Slack and Honeybadger, as far as this account needs them: they take what is sent and show it.

`GET /messages` is what came in, the newest last, as JSON. Everything else is taken: a webhook's message, a notice, a
check-in, a deploy marker. Keys are not shown, and neither is the part of an address that is one.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

HERE: Final = "127.0.0.1"
KEPT: Final = 200
LONGEST: Final = 1_000_000  # bytes of a request
WEBHOOK: Final = "/services/"
SHOWN: Final = "/messages"
POLL_SECONDS: Final = 0.1


class Inbox(ThreadingHTTPServer):
    """Listens at `url` until it is closed."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HERE, 0), _Handler)
        self.messages: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self.url = f"http://{HERE}:{self.server_port}"
        self._thread = threading.Thread(
            target=self.serve_forever, args=(POLL_SECONDS,), name="inbox", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Take nothing more."""
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Inbox

    def do_GET(self) -> None:
        """Show what came in, or take a check-in."""
        if self.path == SHOWN:
            self._answer(200, json.dumps(list(self.server.messages), indent=1))
            return
        self._take(None)

    def do_POST(self) -> None:
        """Take a message."""
        length = min(int(self.headers.get("Content-Length") or 0), LONGEST)
        text = self.rfile.read(length).decode(errors="replace")
        try:
            self._take(json.loads(text))
        except ValueError:
            self._take("not JSON, and not kept: it may hold a key")

    def _take(self, body: Any) -> None:  # noqa: ANN401 - any JSON
        to_slack = self.path.startswith(WEBHOOK)
        message = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "to": "Slack" if to_slack else "Honeybadger",
            "path": f"{WEBHOOK}…" if to_slack else self.path,
            "body": body,
        }
        self.server.messages.append(message)
        self._answer(201 if self.path == "/v1/notices" else 200, '"ok"')

    def _answer(self, status: int, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Requests are not logged: their addresses are secrets."""
