"""A domain whose package `turnstay-common` somebody has put on the public index as well."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from components.packages.origin_controls import origin_controls
from components.packages.package_groups import GroupChange, apply_groups
from local.account.codeartifact.api import serve
from local.account.codeartifact.store import codeartifact_backends
from tests.components.packages.samples import ACCOUNT, REGION, make_domain
from tests.packages.index import PackageIndex
from tests.packages.wheels import Wheel

COMMON = Wheel(name="turnstay-common", version="1.2.0", origin="ours", requires=("pocket>=1",))
LOOK_ALIKE = Wheel(name="turnstay-common", version="9.9.9", origin="somebody's")
PUBLIC = [
    LOOK_ALIKE,
    Wheel(name="pocket", version="1.0", origin="public"),
    Wheel(name="pocket", version="1.1", origin="public"),
    Wheel(
        name="turnstay-next", version="1.0", origin="somebody's"
    ),  # ours to be, not published yet
]


@pytest.fixture(scope="module")
def aws() -> Iterator[Any]:
    """CodeArtifact in memory."""
    serve()
    with mock_aws():
        yield boto3.session.Session().client("codeartifact", REGION)


@pytest.fixture
def index(aws: Any) -> Iterator[PackageIndex]:
    """The domain with its groups, 1.2.0 published by us, and 9.9.9 put on the public index by somebody."""
    codeartifact_backends[ACCOUNT][REGION].reset()
    make_domain(aws)
    aws.associate_external_connection(
        domain="turnstay", repository="pypi-store", externalConnection="public:pypi"
    )
    change = GroupChange(domain="turnstay", wanted=origin_controls(["turnstay-common"]))
    asyncio.run(apply_groups(change, aws, lambda _: None, timeout_seconds=0.01))
    domain = codeartifact_backends[ACCOUNT][REGION].domain("turnstay")
    with PackageIndex(domain, PUBLIC) as running:
        running.publish("internal", COMMON)
        yield running
