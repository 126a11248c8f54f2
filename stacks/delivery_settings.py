"""Who may deploy the stack, release its services and publish packages: repositories on GitHub, by name and number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, PlainSerializer

from stacks.field_types import Switch, between, matching
from stacks.section import Section

UNKNOWN_ID: Final = 0
"""The id of something that has none yet. GitHub counts from 1, so no token ever carries it and it lets nobody in."""

GithubId = Annotated[int, between(UNKNOWN_ID, 2**53)]
OrganisationName = Annotated[
    str,
    matching(
        "[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?",
        "is no name of an organisation on GitHub: up to 39 letters, digits and hyphens",
    ),
]
RepositoryName = Annotated[
    str,
    matching(
        "[A-Za-z0-9_.-]{1,100}",
        "is no name of a repository: up to 100 of letters, digits, hyphens, dots, underscores, no organisation"
        " in front",
    ),
]
BucketName = Annotated[
    str, matching("[a-z0-9][a-z0-9-]{1,56}[a-z0-9]", "is no name of a state bucket")
]


class RepositorySettings(Section):
    """A repository of the organisation."""

    repository: RepositoryName
    """the repository's name, without the organisation"""
    repository_id: GithubId
    """the repository's number (gh api repos/ORG/NAME --jq .id); 0 while it is not known, which lets nobody in"""


Repositories = Annotated[
    Mapping[str, RepositorySettings], AfterValidator(MappingProxyType), PlainSerializer(dict)
]


class GithubSettings(Section):
    """The repository of this project."""

    organisation: OrganisationName
    """the organisation that owns the repositories"""
    organisation_id: GithubId
    """the organisation's number (gh api orgs/ORG --jq .id); 0 while it is not known, which lets nobody in"""
    repository: RepositoryName
    """the name of this project's repository, without the organisation"""
    repository_id: GithubId
    """its number (gh api repos/ORG/NAME --jq .id); 0 while it is not known, which lets nobody in"""
    manage_provider: Switch
    """whether this stack makes the account's trust in GitHub; true in exactly one stack of an account"""


class DeliverySettings(Section):
    """The identities of the pipeline."""

    github: GithubSettings
    """this project's repository: organisation, organisation_id, repository, …"""
    preview: Literal["pull_request", "approval"]
    """what may preview: any pull_request of the repository, or a job with approval in the environment STACK-preview"""
    state_bucket: BucketName | None = None
    """the bucket of the state, if scripts/bootstrap_account.py was given another than turnstay-state-STACK-ACCOUNT"""
    services: Repositories = Field(default_factory=lambda: MappingProxyType({}))
    """the repository of each service that is released from GitHub, by the service's name"""
    packages: Repositories = Field(default_factory=lambda: MappingProxyType({}))
    """the repository of each private package; only where this account's CodeArtifact holds the packages"""

    def unknown_ids(self) -> tuple[str, ...]:
        """The paths of ids that are not known yet, below `delivery`."""
        ids = {
            "github.organisation_id": self.github.organisation_id,
            "github.repository_id": self.github.repository_id,
        }
        for group, repositories in (("services", self.services), ("packages", self.packages)):
            for name, each in repositories.items():
                ids[f"{group}.{name}.repository_id"] = each.repository_id
        return tuple(path for path, number in ids.items() if number == UNKNOWN_ID)
