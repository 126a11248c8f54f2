"""A web server that starts fast: python serve.py --port 8000 [FILE]. It answers 500 while there is FILE.

It answers `GET /until/PATH` when the file PATH is there.
"""

import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PORT = int(sys.argv[2])
UNWELL = Path(sys.argv[3] if len(sys.argv) > 3 else "/nonexistent")
UNTIL = "/until"


class Handler(BaseHTTPRequestHandler):
    """Answers every GET."""

    def do_GET(self) -> None:
        """Say how it is."""
        while self.path.startswith(UNTIL) and not Path(self.path.removeprefix(UNTIL)).exists():
            time.sleep(0.02)
        self.send_response(500 if UNWELL.exists() else 200)
        self.end_headers()


ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
