"""What CodeArtifact of the account refuses, as AWS does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

Call = Callable[[Any, str], object]
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
