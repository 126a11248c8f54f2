"""Ports of this machine in the place of container ports."""

from __future__ import annotations

import socket

import pytest

from local.account.ecs.ports import Ports
from local.account.free_ports import RANGE

DEFINITIONS = [
    {"portMappings": [{"containerPort": 8000}]},
    {"portMappings": [{"containerPort": 80}]},
    {},
]


@pytest.fixture
def ports() -> Ports:
    return Ports(DEFINITIONS)


@pytest.mark.parametrize(
    ("argument", "here"),
    [
        ("8000", "{a}"),
        ("--port=8000", "--port={a}"),
        ("http://localhost:8000/health", "http://localhost:{a}/health"),
        ("HTTPConnection('127.0.0.1', 8000)", "HTTPConnection('127.0.0.1', {a})"),
        ("curl -f localhost:8000 || exit 1", "curl -f localhost:{a} || exit 1"),
        ("0.0.0.0:8000", "127.0.0.1:{a}"),
        ("0.0.0.0", "127.0.0.1"),  # noqa: S104 - a text
        ("proxy 80 8000", "proxy {b} {a}"),
        ("ends with 8000.", "ends with {a}."),
    ],
)
def test_a_container_port_becomes_a_port_of_this_machine(
    ports: Ports, argument: str, here: str
) -> None:
    assert ports.rewrite(argument) == here.format(a=ports.of(8000), b=ports.of(80))


@pytest.mark.parametrize(
    "argument", ["18000", "8000.5", "v8000", "8000ms", "10.0.0.0", "0.0.0.0.1", "808"]
)
def test_what_is_no_port_of_the_task_stays(ports: Ports, argument: str) -> None:
    assert ports.rewrite(argument) == argument


def test_without_ports_only_the_address_is_replaced() -> None:
    assert Ports([{}]).rewrite("--host 0.0.0.0 --port 8000") == "--host 127.0.0.1 --port 8000"


def test_no_port_is_given_twice_until_it_is_released() -> None:
    many = [Ports(DEFINITIONS) for _ in range(50)]
    given = [each.of(port) for each in many for port in (80, 8000)]
    assert len(set(given)) == 100
    assert all(port in RANGE for port in given)
    for each in many:
        each.release()


def test_a_port_that_somebody_listens_on_is_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr("local.account.free_ports.RANGE", range(port, port + 1))
        with pytest.raises(OSError, match="no free port"):
            Ports(DEFINITIONS[:1])
