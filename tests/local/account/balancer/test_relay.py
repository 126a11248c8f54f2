"""A request goes to a target and its answer comes back, whatever either of them does."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.local.account.balancer.front_door import FrontDoor, head

BIG = bytes(range(256)) * 20_000


class Echo(BaseHTTPRequestHandler):
    """Answers what it was asked."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        said = {"line": self.requestline, "headers": self.headers.items()}
        self.answer(json.dumps(said).encode())

    def do_HEAD(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()

    def do_DELETE(self) -> None:
        self.send_response(204)
        self.end_headers()

    def do_POST(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = self.chunks()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(body)

    def chunks(self) -> bytes:
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Keep-Alive", "timeout=5")
        self.send_header("X-Twice", "one")
        self.send_header("X-Twice", "two")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


def test_the_target_sees_the_request_and_who_sent_it(door: FrontDoor) -> None:
    sent = {
        "X-Company-Id": "42",
        "X-Forwarded-For": "10.1.2.3",
        "X-Forwarded-Proto": "gopher",
        "Connection": "x-y",
    }
    with door.target(Echo):
        status, body = door.ask("GET", "/api/v1/payments?a=b%20c", headers=sent)
    got = json.loads(body)
    assert len(got["headers"]) == len({name for name, _ in got["headers"]})
    headers: dict[str, str] = {name.lower(): value for name, value in got["headers"]}
    assert (status, got["line"]) == (200, "GET /api/v1/payments?a=b%20c HTTP/1.1")
    assert headers.pop("x-amzn-trace-id").startswith("Root=1-")
    assert headers == {
        "host": door.host,
        "accept-encoding": "identity",
        "x-company-id": "42",
        "connection": "close",
        "x-forwarded-for": "10.1.2.3, 127.0.0.1",
        "x-forwarded-proto": "https",
        "x-forwarded-port": "443",
    }


def test_the_answer_comes_back_with_its_headers_but_those_of_the_connection(
    door: FrontDoor,
) -> None:
    with door.target(Echo), door.connected() as connection:
        connection.request("GET", "/", headers={"Host": door.host})
        with connection.getresponse() as answer:
            answer.read()
    assert answer.headers.get_all("X-Twice") == ["one", "two"]
    assert "Keep-Alive" not in answer.headers


def test_requests_of_one_connection_are_answered_one_after_the_other(door: FrontDoor) -> None:
    with door.target(Echo), door.connected() as connection:
        for number in range(3):
            connection.request("POST", "/", body=f"{number}", headers={"Host": door.host})
            assert connection.getresponse().read() == str(number).encode()
        connection.request("GET", "/", headers={"Host": "nobody"})
        assert connection.getresponse().read() == b'{"detail":"Not Found"}'


@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunks"])
def test_big_bodies_pass_whole_in_both_directions(door: FrontDoor, chunked: bool) -> None:
    body: Any = iter([BIG[:1000], BIG[1000:]]) if chunked else BIG
    with door.target(Echo):
        status, got = door.ask("POST", body=body, encode_chunked=chunked)
    assert status == 200
    assert hashlib.sha256(got).digest() == hashlib.sha256(BIG).digest()


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("DELETE", 204)])
def test_an_answer_without_a_body_has_none(door: FrontDoor, method: str, status: int) -> None:
    with door.target(Echo), door.connected() as connection:
        for _ in range(2):  # the second one shows that the first left nothing behind
            connection.request(method, "/", headers={"Host": door.host})
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (status, b"")


def test_a_client_that_waits_before_its_body_is_told_to_go_on(door: FrontDoor) -> None:
    request = (
        f"POST / HTTP/1.1\r\nHost: {door.host}\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
    )
    with door.target(Echo), raw(door) as client:
        client.sendall(request.encode())
        assert head(client).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"ok")
        assert head(client).startswith(b"HTTP/1.1 200 ")
        assert client.recv(2) == b"ok"


def test_an_answer_is_passed_on_while_it_is_being_given(door: FrontDoor) -> None:
    more = threading.Event()

    def behave(connection: socket.socket) -> None:
        head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
        more.wait(30)
        connection.sendall(b"3\r\ntwo\r\n0\r\n\r\n")

    with door.target(behave), door.connected() as connection:
        connection.request("GET", "/", headers={"Host": door.host})
        answer = connection.getresponse()
        assert answer.read(3) == b"one"
        more.set()
        assert answer.read() == b"two"


def test_a_target_that_hangs_up_is_a_502(door: FrontDoor) -> None:
    with door.target(head):
        status, body = door.ask()
    assert status == 502
    assert b"ended the connection" in body


def test_a_target_that_is_not_there_is_a_502(door: FrontDoor) -> None:
    with door.target(Echo):
        pass
    assert door.ask()[0] == 502


def test_a_target_that_says_nothing_is_a_504(door: FrontDoor) -> None:
    door.idle_seconds(1)
    ended = threading.Event()
    with door.target(lambda _: ended.wait(30)):
        status, body = door.ask()
        ended.set()
    assert status == 504
    assert b"says nothing for 1 s" in body


def test_half_an_answer_does_not_look_like_a_whole_one(door: FrontDoor) -> None:
    def behave(connection: socket.socket) -> None:
        head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")

    with door.target(behave), pytest.raises(http.client.IncompleteRead):
        door.ask()


def test_a_target_that_answers_before_it_has_read_the_body_is_heard(door: FrontDoor) -> None:
    def behave(connection: socket.socket) -> None:
        head(connection)
        connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")

    request = f"POST / HTTP/1.1\r\nHost: {door.host}\r\nContent-Length: 1000\r\n\r\nonly this"
    with door.target(behave), raw(door) as client:
        client.sendall(request.encode())
        assert head(client).startswith(b"HTTP/1.1 413 ")


def test_a_target_hears_of_a_client_that_hangs_up_in_the_middle(door: FrontDoor) -> None:
    heard = threading.Event()

    def behave(connection: socket.socket) -> None:
        head(connection)
        while connection.recv(1000):
            pass
        heard.set()

    request = f"POST / HTTP/1.1\r\nHost: {door.host}\r\nContent-Length: 1000\r\n\r\nonly this"
    with door.target(behave):
        with raw(door) as client:
            client.sendall(request.encode())
        assert heard.wait(30)


def test_without_a_healthy_target_it_is_a_503_that_names_the_group(door: FrontDoor) -> None:
    status, body = door.ask()
    assert status == 503
    assert door.group.encode() in body


@pytest.mark.parametrize(
    "text",
    [
        "hello\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ],
    ids=["no HTTP", "two lengths"],
)
def test_what_is_no_http_is_refused(door: FrontDoor, text: str) -> None:
    with raw(door) as client:
        client.sendall(text.encode())
        assert head(client).startswith(b"HTTP/1.1 400 ")


def test_an_action_that_is_not_here_says_so(door: FrontDoor) -> None:
    host = {"Field": "host-header", "HostHeaderConfig": {"Values": [f"else.{door.host}"]}}
    redirect = {"StatusCode": "HTTP_301", "Host": "elsewhere.example.com"}
    door.rule([host], 20, action={"Type": "redirect", "RedirectConfig": redirect})
    status, body = door.ask(host=f"else.{door.host}")
    assert (status, body) == (501, b"load balancer: not on this machine: redirect\n")


def raw(door: FrontDoor) -> socket.socket:
    """A connection on which a test says what it likes."""
    address, port = door.account.balancer.removeprefix("http://").split(":")
    return socket.create_connection((address, int(port)), timeout=30)
