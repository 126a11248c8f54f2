"""The one AWS provider: right account, right region, tags on everything."""

from __future__ import annotations

import pulumi_aws as aws

from stacks.settings import StackSettings


def build_provider(
    settings: StackSettings, name: str = "aws", region: str | None = None
) -> aws.Provider:
    """An explicit provider, so that awsx's children use it too and no default provider is loaded beside it.

    Another name and region are for what AWS does not offer in the stack's own.
    `allowed_account_ids` refuses an `up` with the credentials of another account before anything is changed.
    """
    return aws.Provider(
        name,
        region=region or settings.account.region,
        allowed_account_ids=[settings.account.id],
        default_tags=aws.ProviderDefaultTagsArgs(
            tags={
                "project": "turnstay",
                "environment": settings.environment,
                "managed-by": "pulumi",
            }
        ),
    )
