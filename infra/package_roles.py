"""Roles for private packages, where this account holds them: one publishes each, one installs them all."""

from __future__ import annotations

from components.delivery.delivery_role import DeliveryRole, DeliveryRoleArgs
from components.delivery.github_trust import MAIN, PULL_REQUEST, environment, github_trust
from components.delivery.package_policies import Packages, install_statements, publish_statements
from infra.github import Github
from stacks import names
from stacks.settings import StackSettings

PUBLISH = "publish"
"""The GitHub environment of a package's repository; its rules say which tags may publish."""


def build_package_roles(settings: StackSettings, github: Github) -> None:
    """None when the settings name no package: another account holds them."""
    if not github.settings.packages:
        return
    packages = Packages(
        account_id=settings.account.id,
        region=settings.account.region,
        domain=names.PROJECT,
        read_from=("internal", "pypi-store"),
        publish_to="internal",
    )
    for package, settings_of_it in github.settings.packages.items():
        subject = github.repository(settings_of_it).subject(environment(PUBLISH))
        DeliveryRole(
            f"publish-{package}",
            DeliveryRoleArgs(
                role_name=names.publish_role_name(package),
                description=f"Publishes {package}",
                trust=github_trust(github.provider, [subject]),
                statements=publish_statements(packages, package),
            ),
            opts=github.opts,
        )
    DeliveryRole(
        "install",
        DeliveryRoleArgs(
            role_name=names.install_role_name(),
            description="Installs private packages in a build",
            trust=github_trust(github.provider, _builders(github)),
            statements=install_statements(packages),
        ),
        opts=github.opts,
    )


def _builders(github: Github) -> list[str]:
    """Builds of main and of pull requests, of every service and package; each repository once."""
    named = [*github.settings.services.values(), *github.settings.packages.values()]
    repositories = {each.repository: github.repository(each) for each in named}
    return [each.subject(job) for each in repositories.values() for job in (MAIN, PULL_REQUEST)]
