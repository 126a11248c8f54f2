"""Rules by which the account's registry fetches images of another one."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.values import Props, picked


class PullThroughCacheRule(Handler):
    """aws.ecr.PullThroughCacheRule of a registry that asks for no login."""

    type = "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"
    inputs = words("ecrRepositoryPrefix upstreamRegistryUrl")
    replace = inputs
    computed = ("registryId",)

    def create(self, aws: Aws, new: Props) -> str:
        aws("ecr").create_pull_through_cache_rule(
            ecrRepositoryPrefix=new["ecrRepositoryPrefix"],
            upstreamRegistryUrl=new["upstreamRegistryUrl"],
        )
        return str(new["ecrRepositoryPrefix"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        answer = aws("ecr").describe_pull_through_cache_rules(ecrRepositoryPrefixes=[identity])
        return picked(
            answer["pullThroughCacheRules"][0],
            ecrRepositoryPrefix="ecrRepositoryPrefix",
            registryId="registryId",
            upstreamRegistryUrl="upstreamRegistryUrl",
        )

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("ecr").delete_pull_through_cache_rule(ecrRepositoryPrefix=identity)


HANDLERS: Final = (PullThroughCacheRule(),)
