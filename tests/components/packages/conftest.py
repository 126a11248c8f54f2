"""CodeArtifact in memory, once for the tests of a file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local.account.codeartifact.api import serve
from local.account.codeartifact.store import codeartifact_backends
from tests.components.packages.samples import ACCOUNT, REGION, make_domain


@pytest.fixture(scope="module")
def memory() -> Iterator[Any]:
    serve()
    with mock_aws():  # it sets credentials that open nothing
        assert os.environ["AWS_ACCESS_KEY_ID"]
        yield boto3.session.Session().client("codeartifact", REGION)


@pytest.fixture
def client(memory: Any) -> Any:
    """A client, and the domain as AWS makes it."""
    codeartifact_backends[ACCOUNT][REGION].reset()
    make_domain(memory)
    return memory
