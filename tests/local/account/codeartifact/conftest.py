"""A domain of the account, with a store and a repository in front of it."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.local.account.workbench import Workbench


@pytest.fixture
def client(shared_bench: Workbench) -> Any:
    return shared_bench.client("codeartifact")


@pytest.fixture
def domain(client: Any) -> str:
    """A domain with a store and a repository in front of it."""
    name = f"d{uuid.uuid4().hex[:12]}"
    client.create_domain(domain=name)
    client.create_repository(domain=name, repository="store")
    client.associate_external_connection(
        domain=name, repository="store", externalConnection="public:pypi"
    )
    client.create_repository(
        domain=name, repository="internal", upstreams=[{"repositoryName": "store"}]
    )
    client.create_package_group(domain=name, packageGroup="/pypi//turnstay~")
    return name
