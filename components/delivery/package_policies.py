"""What a build may do in CodeArtifact: install every package, or publish one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from components.delivery.statements import Statement, allow

FORMAT: Final = "pypi"


@dataclass(frozen=True, kw_only=True)
class Packages:
    """The domain of the private packages, and its repositories."""

    account_id: str
    region: str
    """that of the domain, which may be another than the stack's"""
    domain: str
    read_from: Sequence[str]
    """repositories that a build installs from, and that these take packages from"""
    publish_to: str

    def repository_arn(self, name: str) -> str:
        """The ARN of a repository of the domain."""
        return f"{self._arn('repository')}/{name}"

    def package_arn(self, package: str) -> str:
        """The ARN of a package, all its versions, where it is published to."""
        return f"{self._arn('package')}/{self.publish_to}/{FORMAT}//{package}"

    @property
    def domain_arn(self) -> str:
        """The ARN of the domain."""
        return self._arn("domain")

    def _arn(self, kind: str) -> str:
        place = f"{self.region}:{self.account_id}"
        return f"arn:aws:codeartifact:{place}:{kind}/{self.domain}"


def install_statements(packages: Packages) -> list[Statement]:
    """Fetch packages. The token is as good as the role, and may outlive it: ask for 900 seconds, or for 0."""
    return [
        *_token(packages),
        allow(
            "Read",
            [
                "codeartifact:DescribeRepository",
                "codeartifact:GetRepositoryEndpoint",
                "codeartifact:ReadFromRepository",
            ],
            [packages.repository_arn(each) for each in packages.read_from],
        ),
    ]


def publish_statements(packages: Packages, package: str) -> list[Statement]:
    """Publish versions of one package, and read what is there: `twine` and `poetry publish` ask first."""
    endpoint = ["codeartifact:GetRepositoryEndpoint", "codeartifact:ReadFromRepository"]
    return [
        *_token(packages),
        allow("Endpoint", endpoint, [packages.repository_arn(packages.publish_to)]),
        allow(
            "Publish",
            ["codeartifact:PublishPackageVersion", "codeartifact:PutPackageMetadata"],
            [packages.package_arn(package)],
        ),
    ]


def _token(packages: Packages) -> list[Statement]:
    bearer = {"StringEquals": {"sts:AWSServiceName": "codeartifact.amazonaws.com"}}
    return [
        allow("DomainToken", ["codeartifact:GetAuthorizationToken"], [packages.domain_arn]),
        # IAM knows this action only on "*"; without it the token call is refused with another name.
        allow("BearerToken", ["sts:GetServiceBearerToken"], ["*"], bearer),
    ]
