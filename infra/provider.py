"""The one AWS provider: right account, right region, tags on everything."""

from __future__ import annotations

import pulumi_aws as aws

from stacks.settings import StackSettings


def build_provider(settings: StackSettings) -> aws.Provider:
    """An explicit provider, so that awsx's children use it too and no default provider is loaded beside it.

    `allowed_account_ids` refuses an `up` with the credentials of another account before anything is changed.
    """
    return aws.Provider(
        "aws",
        region=settings.account.region,
        allowed_account_ids=[settings.account.id],
        default_tags=aws.ProviderDefaultTagsArgs(
            tags={
                "project": "turnstay",
                "environment": settings.environment,
                "managed-by": "pulumi",
            }
        ),
    )
