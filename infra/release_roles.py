"""A role for each service that is released from a repository of its own."""

from __future__ import annotations

from collections.abc import Mapping

from components.delivery.delivery_role import DeliveryRole, DeliveryRoleArgs
from components.delivery.github_trust import MAIN, github_trust
from components.delivery.release_policy import release_statements
from infra.github import Github
from infra.ground import PlatformService
from infra.role_limits import place_of
from stacks import names
from stacks.settings import StackSettings

WORKFLOW = "release-service.yml"
"""The reusable workflow of this repository in which a service is released; a job of the service's own cannot push."""


def build_release_roles(
    settings: StackSettings, github: Github, services: Mapping[str, PlatformService]
) -> None:
    """From the main branch of the service's repository, through this project's workflow, into the service's images."""
    for name, repository in github.settings.services.items():
        slug = names.slug(name)
        subject = github.repository(repository).subject(MAIN)
        trust = github_trust(
            github.provider, [subject], workflow=github.platform.workflow(WORKFLOW)
        )
        DeliveryRole(
            f"release-{slug}",
            DeliveryRoleArgs(
                role_name=names.release_role_name(settings.stack, name),
                description=f"Pushes images of {slug} for {settings.stack}",
                trust=trust,
                statements=release_statements(
                    place_of(settings), repository_arn=services[name].repository.arn
                ),
            ),
            opts=github.opts,
        )
