"""The marker of a deployment: what it says, and that nothing about it makes a deployment red."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest

from scripts.deploy_marker import KEY, main
from tests.stacks.example import EXAMPLE, edited

DIGEST = f"sha256:{'ab' * 32}"
IMAGE = f"444455556666.dkr.ecr.eu-west-1.amazonaws.com/turnstay-demo/ledger@{DIGEST}"
SECRET = "hbp_0123456789"


class Honeybadger(HTTPServer):
    """Takes markers, or refuses them."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.got = 201, list[tuple[str, dict[str, list[str]]]]()


class _Handler(BaseHTTPRequestHandler):
    server: Honeybadger

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.got.append((self.path, parse_qs(body)))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def honeybadger() -> Iterator[Honeybadger]:
    with Honeybadger() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def root(tmp_path: Path, honeybadger: Honeybadger, monkeypatch: pytest.MonkeyPatch) -> Path:
    url = f"http://127.0.0.1:{honeybadger.server_port}"
    section = f"  turnstay:alert_delivery: {{honeybadger_url: '{url}'}}\n"
    text = edited("  turnstay:databases:\n", f"{section}  turnstay:databases:\n")
    (tmp_path / "Pulumi.demo.yaml").write_text(text)
    (tmp_path / "Pulumi.yaml").write_text("name: turnstay\nruntime: python\n")
    monkeypatch.setenv(KEY, SECRET)
    return tmp_path


def mark(root: Path, *more: str, service: str = "ledger") -> int:
    return main(["--stack", "demo", "--service", service, "--user", "jane", *more], root)


def test_a_marker_says_what_was_deployed_where_and_by_whom(
    root: Path, honeybadger: Honeybadger, capsys: pytest.CaptureFixture[str]
) -> None:
    assert mark(root, "--repository", "https://github.com/turnstay/ledger") == 0
    ((path, said),) = honeybadger.got
    revision = said.pop("deploy[revision]")[0]
    assert path == "/v1/deploys"
    assert said == {
        "api_key": [SECRET],
        "deploy[environment]": ["production"],
        "deploy[repository]": ["https://github.com/turnstay/ledger"],
        "deploy[local_username]": ["jane"],
    }
    assert revision.startswith("sha256:")
    shown = capsys.readouterr()
    assert shown.out == f"deploy marker: ledger {revision} in demo\n"
    assert SECRET not in shown.out + shown.err


def test_without_a_repository_none_is_said(root: Path, honeybadger: Honeybadger) -> None:
    mark(root)
    assert "deploy[repository]" not in honeybadger.got[0][1]


@pytest.mark.parametrize(
    ("service", "status", "key", "problem"),
    [
        ("ledger", 403, SECRET, "Honeybadger answered 403"),
        ("ledger", 201, "", "HONEYBADGER_API_KEY is not set"),
        ("recon", 201, SECRET, "recon has no image in demo: nothing was deployed"),
        ("leger", 201, SECRET, "there is no service leger in demo"),
    ],
)
def test_what_goes_wrong_is_told_and_makes_nothing_red(
    root: Path,
    honeybadger: Honeybadger,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    service: str,
    status: int,
    key: str,
    problem: str,
) -> None:
    honeybadger.status = status
    monkeypatch.setenv(KEY, key)
    assert mark(root, service=service) == 0
    shown = capsys.readouterr()
    assert shown.err == f"no deploy marker: {problem}\n"
    assert (SECRET in shown.err, shown.out) == (False, "")


def test_nobody_there_is_told_too(
    root: Path, honeybadger: Honeybadger, capsys: pytest.CaptureFixture[str]
) -> None:
    honeybadger.shutdown()
    honeybadger.server_close()
    assert mark(root) == 0
    assert (
        capsys.readouterr().err == "no deploy marker: Honeybadger could not be reached: URLError\n"
    )


def test_a_wrong_stack_file_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "Pulumi.demo.yaml").write_text(EXAMPLE.replace("cpu: 1024", "cpu: big"))
    assert mark(root) == 0
    assert "is not a whole number" in capsys.readouterr().err
