"""CodeArtifact of the account, by boto3: what it keeps."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError

INHERITED = {"PUBLISH": "INHERIT", "EXTERNAL_UPSTREAM": "INHERIT", "INTERNAL_UPSTREAM": "INHERIT"}


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
