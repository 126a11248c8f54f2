"""Whom the roles of a stack can trust: the repositories that the settings name."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from components.delivery.github_trust import Repository
from stacks.delivery_settings import DeliverySettings, RepositorySettings


@dataclass(frozen=True, kw_only=True)
class Github:
    """The organisation's repositories, and the account's trust in GitHub."""

    settings: DeliverySettings
    provider: str
    """the ARN of the trust"""
    opts: pulumi.ResourceOptions
    """of roles: they come after the trust"""

    @property
    def platform(self) -> Repository:
        """The repository of this project."""
        own = self.settings.github
        found = RepositorySettings(repository=own.repository, repository_id=own.repository_id)
        return self.repository(found)

    def repository(self, settings: RepositorySettings) -> Repository:
        """A repository of the organisation."""
        own = self.settings.github
        return Repository(
            organisation=own.organisation,
            organisation_id=own.organisation_id,
            name=settings.repository,
            number=settings.repository_id,
        )
