"""A package domain as a stack has it, and the account's groups as they are."""

from __future__ import annotations

from typing import Any

from components.packages.package_domain import PackageDomainArgs

ACCOUNT, REGION = "123456789012", "eu-west-1"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/"
INSTALL, COMMON, LEDGER, ADMIN = (
    f"{ROLE}{each}" for each in ("install", "publish-common", "publish-ledger", "admin")
)
PUBLISHERS = {"turnstay-common": [COMMON], "turnstay-ledger-client": [LEDGER]}
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1"


def domain_args(**changes: Any) -> PackageDomainArgs:
    values: dict[str, Any] = {
        "account_id": ACCOUNT,
        "region": REGION,
        "key_arn": KEY,
        "readers": [INSTALL],
        "publishers": PUBLISHERS,
        "protect": True,
    }
    return PackageDomainArgs(**{**values, **changes})


def make_domain(client: Any, domain: str = "turnstay") -> None:
    """A domain with both repositories, whose groups are as AWS makes them."""
    client.create_domain(domain=domain)
    client.create_repository(domain=domain, repository="pypi-store")
    client.create_repository(
        domain=domain, repository="internal", upstreams=[{"repositoryName": "pypi-store"}]
    )
