"""Package groups as the API has them, for what brings them about and for what compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from components.packages.origin_controls import ORIGINS, GroupControls


class CodeArtifact(Protocol):
    """What is used of boto3's client; arguments are AWS's own."""

    def list_package_groups(self, **request: str) -> Mapping[str, Any]:
        """A page of the groups of a domain."""

    def describe_package_group(
        self,
        *,
        domain: str,
        packageGroup: str,  # noqa: N803
    ) -> Mapping[str, Any]:
        """One group with its origin controls."""

    def list_allowed_repositories_for_group(self, **request: str) -> Mapping[str, Any]:
        """A page of the repositories that one origin of a group is restricted to."""

    def create_package_group(
        self, *, domain: str, packageGroup: str, description: str  # noqa: N803
    ) -> object:
        """Make a group that inherits everything."""

    def delete_package_group(self, *, domain: str, packageGroup: str) -> object:  # noqa: N803
        """Drop a group; its packages fall to the next more general one."""

    def update_package_group_origin_configuration(
        self,
        *,
        domain: str,
        packageGroup: str,  # noqa: N803
        restrictions: Mapping[str, str],
        addAllowedRepositories: Sequence[Mapping[str, str]],  # noqa: N803
        removeAllowedRepositories: Sequence[Mapping[str, str]],  # noqa: N803
    ) -> object:
        """Change the origin controls of a group."""


def read_groups(client: CodeArtifact, domain: str) -> dict[str, GroupControls]:
    """Every group of the domain, by its pattern."""
    listed: list[str] = []
    page: Mapping[str, Any] = {"nextToken": ""}
    while "nextToken" in page:
        token = {"nextToken": page["nextToken"]} if page["nextToken"] else {}
        page = client.list_package_groups(domain=domain, **token)
        listed += [each["pattern"] for each in page["packageGroups"]]
    return {pattern: read_group(client, domain, pattern) for pattern in listed}


def read_group(client: CodeArtifact, domain: str, pattern: str) -> GroupControls:
    """One group."""
    found = client.describe_package_group(domain=domain, packageGroup=pattern)["packageGroup"]
    restrictions = found["originConfiguration"]["restrictions"]
    return {
        "pattern": pattern,
        "restrictions": {each: restrictions[each]["mode"] for each in ORIGINS},
        "allowed": {each: _allowed(client, domain, pattern, each) for each in ORIGINS},
    }


def _allowed(client: CodeArtifact, domain: str, pattern: str, origin: str) -> list[str]:
    found: list[str] = []
    page: Mapping[str, Any] = {"nextToken": ""}
    while "nextToken" in page:
        token = {"nextToken": page["nextToken"]} if page["nextToken"] else {}
        page = client.list_allowed_repositories_for_group(
            domain=domain, packageGroup=pattern, originRestrictionType=origin, **token
        )
        found += page["allowedRepositories"]
    return sorted(found)


def write_group(
    client: CodeArtifact, domain: str, wanted: GroupControls, found: GroupControls
) -> None:
    """Bring one group from what it is to what it has to be."""
    change = {
        "addAllowedRepositories": _missing(wanted["allowed"], found["allowed"]),
        "removeAllowedRepositories": _missing(found["allowed"], wanted["allowed"]),
    }
    client.update_package_group_origin_configuration(
        domain=domain,
        packageGroup=wanted["pattern"],
        restrictions=wanted["restrictions"],
        **change,
    )


def _missing(
    wanted: Mapping[str, Sequence[str]], there: Mapping[str, Sequence[str]]
) -> list[dict[str, str]]:
    return [
        {"repositoryName": name, "originRestrictionType": origin}
        for origin in ORIGINS
        for name in wanted[origin]
        if name not in there[origin]
    ]
