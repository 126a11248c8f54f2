"""GitHub's REST API of one repository, on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from tests.scripts.github.repository import Github
from tests.scripts.github.routes import ROUTES

REPOSITORY = "turnstay/platform"
TOKEN = "made-up"


class Handler(BaseHTTPRequestHandler):
    hub: Github

    def answer(self) -> None:
        at = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length)) if length else {}
        query = {key: values[0] for key, values in parse_qs(at.query).items()}
        prefix = f"/repos/{REPOSITORY}"
        self.hub.asked.append(f"{self.command} {at.path.removeprefix(prefix)}")
        if self.headers.get("Authorization") != f"Bearer {TOKEN}" or not at.path.startswith(prefix):
            code, content = 401, {"message": "Bad credentials"}
        elif self.hub.trouble:
            self.hub.trouble -= 1
            code, content = 502, {"message": "Server Error"}
        else:
            code, content = self.hub.answer(self.command, at.path.removeprefix(prefix), query, body)
        data = b"" if content is None else json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - http.server's names

    def log_message(self, *arguments: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[tuple[Github, str]]:
    """The repository and the address of its API."""
    hub = Github(routes=ROUTES)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"hub": hub}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
