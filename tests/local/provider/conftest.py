"""An account in this process, and what resources under test stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest

from local.account.server import Account
from tests.local.provider.driver import Driver

ACCOUNT_ID = "111122223333"


@pytest.fixture(scope="package")
def endpoint() -> Iterator[str]:
    """An account for the tests of this folder: starting one costs more than any of them."""
    with Account(ACCOUNT_ID, {}) as account, pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", account.endpoint)
        yield account.endpoint


@pytest.fixture(scope="package")
def aws(endpoint: str) -> Callable[[str], Any]:
    """Clients of the account, as an operator has them."""
    session = boto3.Session(region_name="eu-west-1")
    clients: dict[str, Any] = {}

    def client(service: str) -> Any:
        if service not in clients:
            clients[service] = session.client(service, endpoint_url=endpoint)
        return clients[service]

    return client


@pytest.fixture(scope="package")
def driver(endpoint: str) -> Driver:
    """A provider whose default tag is on everything."""
    assert endpoint
    return Driver(defaultTags='{"tags": {"project": "turnstay"}}')
