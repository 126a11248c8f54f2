"""The identities of the pipeline: which repository on GitHub may do what in this account."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.delivery.delivery_role import DeliveryRole, DeliveryRoleArgs
from components.delivery.deploy_boundary import deploy_boundary
from components.delivery.deploy_policy import deploy_documents, read_statements, secret_statements
from components.delivery.github_provider import GithubProvider, GithubProviderArgs
from components.delivery.github_trust import (
    MAIN,
    MAIN_REF,
    PULL_REQUEST,
    environment,
    github_trust,
    provider_arn,
)
from components.delivery.permissions_boundary import PermissionsBoundary, PermissionsBoundaryArgs
from components.delivery.state_access import read_state, write_state
from infra.github import Github
from infra.ground import PlatformService
from infra.keys import ZoneKeys
from infra.package_roles import build_package_roles
from infra.release_roles import build_release_roles
from infra.role_limits import boundary_arn, place_of
from stacks import names
from stacks.delivery_settings import DeliverySettings
from stacks.settings import StackSettings

DEPLOY_SECONDS = 4 * 3600
"""The first update of an account waits for databases, a certificate and rollouts one after the other."""


def build_delivery(
    settings: StackSettings,
    keys: Mapping[str, ZoneKeys],
    services: Mapping[str, PlatformService],
    provider: aws.Provider,
) -> None:
    """The roles of the pipeline; without `delivery` in the settings there are none, and people deploy.

    They stand outside the program's path, and the deploy role may change neither them nor itself: what is new here comes by
    an administrator's update (docs/delivery-identities.md).
    """
    delivery = settings.delivery
    if delivery is None:
        return
    if unknown := delivery.unknown_ids():
        paths = ", ".join(f"delivery.{each}" for each in unknown)
        pulumi.log.warn(
            f"not known yet, so nobody on GitHub can take the roles that need them: {paths}; `gh api repos/ORG/NAME"
            " --jq '.owner.id, .id'` tells both numbers"
        )
    opts = pulumi.ResourceOptions(providers=[provider])
    github = _github(settings, delivery, opts)
    key = aws.kms.get_alias_output(
        name=names.state_key_alias(settings.stack), opts=pulumi.InvokeOptions(provider=provider)
    ).target_key_arn
    _preview_role(settings, github, key)
    _deploy_role(settings, github, key, keys)
    build_release_roles(settings, github, services)
    build_package_roles(settings, github)


def _github(
    settings: StackSettings, delivery: DeliverySettings, opts: pulumi.ResourceOptions
) -> Github:
    provider = provider_arn(settings.account.id)
    if delivery.github.manage_provider:
        made = GithubProvider("github", GithubProviderArgs(protect=settings.protect), opts=opts)
        after = pulumi.ResourceOptions(depends_on=[made])
        opts = pulumi.ResourceOptions.merge(opts, after)
    return Github(settings=delivery, provider=provider, opts=opts)


def _preview_role(settings: StackSettings, github: Github, key: pulumi.Output[str]) -> None:
    """Branches of the repository, at once or with a person's approval; and the nightly look for drift, from main."""
    by_approval = environment(f"{settings.stack}-preview")
    job = PULL_REQUEST if github.settings.preview == "pull_request" else by_approval
    subjects = [github.platform.subject(each) for each in (job, MAIN)]
    DeliveryRole(
        "preview",
        DeliveryRoleArgs(
            role_name=names.preview_role_name(settings.stack),
            description=f"Previews {settings.stack}: reads, and changes nothing",
            trust=github_trust(github.provider, subjects),
            statements=[
                *read_statements(place_of(settings)),
                *read_state(_bucket(settings, github), key),
            ],
        ),
        opts=github.opts,
    )


def _deploy_role(
    settings: StackSettings,
    github: Github,
    key: pulumi.Output[str],
    keys: Mapping[str, ZoneKeys],
) -> None:
    """The GitHub environment called after the stack, from main alone."""
    place, workload = place_of(settings), boundary_arn(settings, "workload")
    bucket = _bucket(settings, github)
    boundary = PermissionsBoundary(
        "deploy-boundary",
        PermissionsBoundaryArgs(
            policy_name=names.boundary_name(settings.stack, "deploy"),
            description="The most that the pipeline can do",
            document=deploy_boundary(place, workload_boundary_arn=workload, state_bucket=bucket),
        ),
        opts=github.opts,
    )
    subject = github.platform.subject(environment(settings.stack))
    DeliveryRole(
        "deploy",
        DeliveryRoleArgs(
            role_name=names.deploy_role_name(settings.stack),
            description=f"Updates {settings.stack}",
            trust=github_trust(github.provider, [subject], ref=MAIN_REF),
            statements=[
                *read_statements(place),
                *secret_statements(place, [each.secrets.arn for each in keys.values()]),
                *write_state(bucket, key),
            ],
            managed_documents=deploy_documents(place, boundary_arn=workload),
            boundary_arn=boundary.arn,
            session_seconds=DEPLOY_SECONDS,
        ),
        opts=github.opts,
    )


def _bucket(settings: StackSettings, github: Github) -> str:
    default = names.state_bucket_name(settings.stack, settings.account.id)
    return github.settings.state_bucket or default
