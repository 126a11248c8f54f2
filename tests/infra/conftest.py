"""The program opens no connection, not even to this machine: it registers, and others act."""

from __future__ import annotations

import socket
import zlib
from collections.abc import Iterator
from typing import Any, NoReturn

import grpc
import pytest

from tests.engine.outputs import OUTPUTS, Inputs
from tests.engine.platform import forget_platforms

TASK = "aws:ecs/taskDefinition:TaskDefinition"
CERTIFICATE = "aws:acm/certificate:Certificate"


def _refused(*asked: Any, **_: Any) -> NoReturn:
    raise AssertionError(f"the program opened a connection to {asked[-1]}")


@pytest.fixture(scope="session", autouse=True)
def _recorded_anew() -> None:
    """What other tests have recorded may have opened connections; here they are refused."""
    forget_platforms()


@pytest.fixture(autouse=True)
def _no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    for way in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, way, _refused)
    monkeypatch.setattr(socket, "getaddrinfo", _refused)
    # gRPC brings a network of its own, which Python's sockets do not see.
    for module in (grpc, grpc.aio):
        for way in ("insecure_channel", "secure_channel"):
            monkeypatch.setattr(module, way, _refused)


@pytest.fixture(scope="module")
def _successors_have_arns_of_their_own() -> Iterator[None]:
    """AWS replaces task definitions and certificates instead of changing them.

    With the same ARN for both, a change would seem to stop there, and what follows it would seem unchanged.
    """
    task, certificate = OUTPUTS[TASK], OUTPUTS[CERTIFICATE]

    def revision(name: str, inputs: Inputs) -> Inputs:
        outputs = task(name, inputs)
        return outputs | {"arn": f"{outputs['arn']}{_checksum(inputs)}"}

    def successor(name: str, inputs: Inputs) -> Inputs:
        outputs = certificate(name, inputs)
        # The record that validates a host is the same for every certificate of an account.
        options = [
            {**each, "resourceRecordValue": f"_{_checksum(each['domainName'])}.acm."}
            for each in outputs["domainValidationOptions"]
        ]
        arn = f"{outputs['arn']}-{_checksum(inputs)}"
        return outputs | {"arn": arn, "domainValidationOptions": options}

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(OUTPUTS, TASK, revision)
        patch.setitem(OUTPUTS, CERTIFICATE, successor)
        yield


def _checksum(inputs: Any) -> int:
    return zlib.crc32(repr(inputs).encode())
