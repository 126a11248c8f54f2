"""CodeArtifact of the account, by boto3: what it keeps, and what it refuses as AWS does."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench

INHERITED = {"PUBLISH": "INHERIT", "EXTERNAL_UPSTREAM": "INHERIT", "INTERNAL_UPSTREAM": "INHERIT"}
Call = Callable[[Any, str], object]


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


def group(client: Any, domain: str, pattern: str) -> Any:
    found = client.describe_package_group(domain=domain, packageGroup=pattern)
    return found["packageGroup"]["originConfiguration"]["restrictions"]


def modes(client: Any, domain: str, pattern: str) -> dict[str, str]:
    return {origin: each["mode"] for origin, each in group(client, domain, pattern).items()}


def test_root_is_there_from_the_beginning_and_allows_everything(client: Any, domain: str) -> None:
    assert set(modes(client, domain, "/*").values()) == {"ALLOW"}
    assert modes(client, domain, "/pypi//turnstay~") == INHERITED
    inherited = group(client, domain, "/pypi//turnstay~")["PUBLISH"]
    assert inherited["effectiveMode"] == "ALLOW"
    assert inherited["inheritedFrom"]["pattern"] == "/*"


def test_origin_controls_and_allowed_repositories_are_kept(client: Any, domain: str) -> None:
    place = {"domain": domain, "packageGroup": "/pypi//turnstay~"}
    listed = {**place, "originRestrictionType": "PUBLISH"}
    internal = {"repositoryName": "internal", "originRestrictionType": "PUBLISH"}

    client.update_package_group_origin_configuration(
        **place,
        restrictions={"PUBLISH": "ALLOW_SPECIFIC_REPOSITORIES"},
        addAllowedRepositories=[internal],
    )
    kept = client.list_allowed_repositories_for_group(**listed)["allowedRepositories"]
    client.update_package_group_origin_configuration(**place, removeAllowedRepositories=[internal])

    assert kept == ["internal"]
    assert client.list_allowed_repositories_for_group(**listed)["allowedRepositories"] == []
    assert modes(client, domain, "/pypi//turnstay~") == {
        **INHERITED,
        "PUBLISH": "ALLOW_SPECIFIC_REPOSITORIES",
    }


def test_a_policy_is_replaced_only_by_who_has_read_it(client: Any, domain: str) -> None:
    first = client.put_domain_permissions_policy(domain=domain, policyDocument="{}")["policy"]
    client.put_domain_permissions_policy(
        domain=domain, policyDocument='{"a": 1}', policyRevision=first["revision"]
    )
    with pytest.raises(ClientError, match="ConflictException"):
        client.put_domain_permissions_policy(
            domain=domain, policyDocument="{}", policyRevision=first["revision"]
        )


REFUSED: dict[str, tuple[Call, str]] = {
    "a second domain of that name": (
        lambda aws, domain: aws.create_domain(domain=domain),
        "ConflictException",
    ),
    "a domain with repositories goes": (
        lambda aws, domain: aws.delete_domain(domain=domain),
        "ConflictException",
    ),
    "a key that is not there": (
        lambda aws, _: aws.create_domain(domain="other", encryptionKey="arn:aws:kms:::key/none"),
        "ValidationException",
    ),
    "a second repository of that name": (
        lambda aws, domain: aws.create_repository(domain=domain, repository="store"),
        "ConflictException",
    ),
    "an upstream that is not there": (
        lambda aws, domain: aws.create_repository(
            domain=domain, repository="other", upstreams=[{"repositoryName": "none"}]
        ),
        "ResourceNotFoundException",
    ),
    "a connection beside upstreams": (
        lambda aws, domain: aws.associate_external_connection(
            domain=domain, repository="internal", externalConnection="public:pypi"
        ),
        "ValidationException",
    ),
    "a second connection": (
        lambda aws, domain: aws.associate_external_connection(
            domain=domain, repository="store", externalConnection="public:npmjs"
        ),
        "ConflictException",
    ),
    "root is made": (
        lambda aws, domain: aws.create_package_group(domain=domain, packageGroup="/*"),
        "ConflictException",
    ),
    "root goes": (
        lambda aws, domain: aws.delete_package_group(domain=domain, packageGroup="/*"),
        "ValidationException",
    ),
    "root inherits": (
        lambda aws, domain: aws.update_package_group_origin_configuration(
            domain=domain, packageGroup="/*", restrictions={"PUBLISH": "INHERIT"}
        ),
        "ValidationException",
    ),
    "a group without a suffix": (
        lambda aws, domain: aws.create_package_group(domain=domain, packageGroup="/pypi//x"),
        "ValidationException",
    ),
    "a restriction to a repository that is not there": (
        lambda aws, domain: aws.update_package_group_origin_configuration(
            domain=domain,
            packageGroup="/pypi//turnstay~",
            addAllowedRepositories=[{"repositoryName": "none", "originRestrictionType": "PUBLISH"}],
        ),
        "ResourceNotFoundException",
    ),
}


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_what_aws_refuses_is_refused(what: str, client: Any, domain: str) -> None:
    call, code = REFUSED[what]
    with pytest.raises(ClientError) as raised:
        call(client, domain)
    assert raised.value.response["Error"]["Code"] == code
