"""A web server that starts fast: python serve.py --port 8000 [FILE]. It answers 500 while there is FILE."""

import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

PORT = int(sys.argv[2])
UNWELL = Path(sys.argv[3] if len(sys.argv) > 3 else "/nonexistent")


class Handler(BaseHTTPRequestHandler):
    """Answers every GET."""

    def do_GET(self) -> None:
        """Say how it is."""
        self.send_response(500 if UNWELL.exists() else 200)
        self.end_headers()


HTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
