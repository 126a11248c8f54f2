from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from components.observability.slack_relay.posting import Answer, post


class Inbox(HTTPServer):
    """A server that answers the status in the path and keeps what it got."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.got: list[tuple[str, str, Any]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


class Handler(BaseHTTPRequestHandler):
    server: Inbox

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.got.append((self.command, self.path, json.loads(body) if body else None))
        status = int(self.path.rpartition("/")[2])
        self.send_response(status)
        self.send_header("Location", "/200")
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the name that the server looks for

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with Inbox() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_body_is_posted_as_json_and_no_body_is_got(inbox: Inbox) -> None:
    assert post(inbox.url("200"), {"a": "ä"}) == Answer(status=200)
    assert post(inbox.url("201"), None) == Answer(status=201)
    assert inbox.got == [("POST", "/200", {"a": "ä"}), ("GET", "/201", None)]


@pytest.mark.parametrize(
    ("status", "good", "temporary"),
    [(204, True, False), (403, False, False), (404, False, False), (429, False, True), (503, False, True)],
)  # fmt: skip
def test_a_status_says_whether_to_try_again(
    inbox: Inbox, status: int, *, good: bool, temporary: bool
) -> None:
    answer = post(inbox.url(str(status)), {})
    assert (answer.status, answer.is_good, answer.is_temporary) == (status, good, temporary)


@pytest.mark.parametrize("status", [302, 307])
def test_nobody_else_gets_an_alert_by_a_redirect(inbox: Inbox, status: int) -> None:
    assert post(inbox.url(str(status)), {}).status == status
    assert len(inbox.got) == 1


def test_nobody_there_is_an_answer_too(inbox: Inbox) -> None:
    url = inbox.url("200")
    inbox.shutdown()
    inbox.server_close()
    answer = post(url, {})
    assert (answer.status, answer.is_temporary, answer.problem) == (0, True, "URLError")


@pytest.mark.parametrize(
    "url",
    ["http://hooks.slack.com/services/T/B/secret", "services/T/B/secret", "file:///etc/secret"],
)
def test_an_address_that_is_not_https_is_refused_and_not_told(url: str) -> None:
    answer = post(url, {})
    assert answer == Answer(status=400, problem="the address is not one of https")


def test_an_address_with_a_mistake_is_not_told() -> None:
    answer = post("https://hooks.slack.com:port/services/ secret\n", {})
    assert answer.status == 0
    assert "secret" not in repr(answer)
