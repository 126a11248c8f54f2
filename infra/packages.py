"""The private packages of all environments, in the one stack that manages them."""

from __future__ import annotations

import pulumi

from components.packages.names import index_url
from components.packages.package_domain import PackageDomain, PackageDomainArgs
from infra.keys import build_key
from infra.provider import build_provider
from stacks.settings import StackSettings


def build_packages(settings: StackSettings, opts: pulumi.ResourceOptions) -> None:
    """The domain with its key, in the stack's region or in the one that the settings name instead.

    Nothing else of the stack needs it: images are built before they are deployed.
    """
    packages, account = settings.packages, settings.account
    if not packages.manage:
        return
    region = packages.region or account.region
    if region != account.region:
        provider = build_provider(settings, "aws-packages", region)
        opts = pulumi.ResourceOptions(providers=[provider])

    def arns(roles: tuple[str, ...]) -> list[str]:
        return [f"arn:aws:iam::{account.id}:role/{each}" for each in roles]

    PackageDomain(
        "packages",
        PackageDomainArgs(
            account_id=account.id,
            region=region,
            key_arn=build_key(settings, "packages", opts).arn,
            readers=arns(packages.readers),
            publishers={name: arns(roles) for name, roles in packages.publishers.items()},
            protect=settings.protect,
        ),
        opts=opts,
    )
    pulumi.export("package_index", index_url(account_id=account.id, region=region))
