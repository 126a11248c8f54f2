"""Ports are lent once."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

from local.account import free_ports


def test_a_wanted_port_is_lent_once_and_again_when_it_was_given_back() -> None:
    wanted = free_ports.take()
    other = free_ports.take(wanted)
    assert other != wanted
    free_ports.give_back([wanted, other])
    assert free_ports.take(wanted) == wanted
    free_ports.give_back([wanted])


def test_a_port_that_somebody_listens_on_is_not_lent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        other = free_ports.take(port)
        assert other in free_ports.RANGE
        with free_ports.listen(port) as listener:
            assert listener.getsockname()[1] not in (port, other)
            free_ports.give_back([other, listener.getsockname()[1]])


def test_nobody_gets_a_port_that_another_has() -> None:
    with ThreadPoolExecutor(8) as pool:
        ports = list(pool.map(lambda _: free_ports.take(), range(200)))
    assert len(set(ports)) == 200
    free_ports.give_back(ports)
