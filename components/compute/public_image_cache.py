"""Images of a public registry, in the account's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pulumi
import pulumi_aws as aws

UPSTREAM: Final = "public.ecr.aws"


@dataclass(frozen=True, kw_only=True)
class PublicImageCacheArgs:
    """Inputs of PublicImageCache."""

    account_id: str
    region: str
    prefix: str
    """Of the repositories in the account; once per account and region."""


class PublicImageCache(pulumi.ComponentResource):
    """ECR fetches an image of Amazon's public registry when a task first asks for it, and looks for a newer one once a day.

    No push is needed before the first task, and none from a laptop ever. What is cached stays when the rule goes.
    """

    prefix: pulumi.Output[str]
    """It arrives when the rule exists."""

    def __init__(
        self, name: str, args: PublicImageCacheArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        super().__init__("turnstay:compute:PublicImageCache", name, {}, opts)

        rule = aws.ecr.PullThroughCacheRule(
            f"{name}-rule",
            ecr_repository_prefix=args.prefix,
            upstream_registry_url=UPSTREAM,
            opts=pulumi.ResourceOptions(parent=self),
        )

        self._account_id, self._region = args.account_id, args.region
        self.prefix = rule.ecr_repository_prefix
        self.register_outputs({"prefix": self.prefix})

    def image(self, repository: str, tag: str) -> pulumi.Output[str]:
        """What a task names to run an image of the public registry."""
        registry = f"{self._account_id}.dkr.ecr.{self._region}.amazonaws.com"
        return pulumi.Output.concat(registry, "/", self.prefix, f"/{repository}:{tag}")

    def repository_arn(self, repository: str) -> pulumi.Output[str]:
        """Where the image lies once it has been fetched: what a task may pull."""
        place = f"arn:aws:ecr:{self._region}:{self._account_id}:repository/"
        return pulumi.Output.concat(place, self.prefix, f"/{repository}")
