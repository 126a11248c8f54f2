"""What it takes to bring about the private packages."""

from __future__ import annotations

from typing import Final

from components.delivery.rights.compute import REPOSITORY_KEY
from components.delivery.rights.right import Table, reads, writes

DOMAIN: Final = "domain/turnstay"
REPOSITORIES: Final = "repository/turnstay/*"
GROUPS: Final = "package-group/turnstay/*"

PACKAGES: Final[Table] = {
    "aws:codeartifact/domain:Domain": (
        writes("codeartifact", "CreateDomain DeleteDomain TagResource UntagResource", DOMAIN),
        reads("codeartifact", "DescribeDomain ListTagsForResource"),
        REPOSITORY_KEY,
    ),
    "aws:codeartifact/domainPermissions:DomainPermissions": (
        writes("codeartifact", "DeleteDomainPermissionsPolicy PutDomainPermissionsPolicy", DOMAIN),
        reads("codeartifact", "GetDomainPermissionsPolicy"),
    ),
    "aws:codeartifact/repository:Repository": (
        writes(
            "codeartifact",
            "AssociateExternalConnection CreateRepository DeleteRepository"
            " DisassociateExternalConnection TagResource UntagResource UpdateRepository",
            *(DOMAIN, REPOSITORIES),
        ),
        reads("codeartifact", "DescribeRepository ListTagsForResource"),
    ),
    "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": (
        writes(
            "codeartifact",
            "DeleteRepositoryPermissionsPolicy PutRepositoryPermissionsPolicy",
            REPOSITORIES,
        ),
        reads("codeartifact", "GetRepositoryPermissionsPolicy"),
    ),
    "hook:package groups": (
        writes(
            "codeartifact",
            "CreatePackageGroup DeletePackageGroup UpdatePackageGroupOriginConfiguration",
            *(DOMAIN, GROUPS),
        ),
        reads(
            "codeartifact",
            "DescribePackageGroup ListAllowedRepositoriesForGroup ListPackageGroups",
        ),
    ),
}
