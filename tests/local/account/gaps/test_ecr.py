"""A registry that caches a public one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from local.account.gaps.ecr import caches
from tests.local.account.workbench import Workbench

PUBLIC = {"ecrRepositoryPrefix": "ecr-public", "upstreamRegistryUrl": "public.ecr.aws"}


@pytest.fixture
def ecr(shared_bench: Workbench) -> Iterator[Any]:
    client = shared_bench.client("ecr")
    yield client
    for each in client.describe_pull_through_cache_rules()["pullThroughCacheRules"]:
        client.delete_pull_through_cache_rule(ecrRepositoryPrefix=each["ecrRepositoryPrefix"])


def test_a_rule_is_kept_until_it_is_deleted(ecr: Any, shared_bench: Workbench) -> None:
    def cached() -> bool:
        return caches(
            shared_bench.account.account_id, "eu-west-1", "ecr-public/docker/library/postgres"
        )

    assert not cached()
    made = ecr.create_pull_through_cache_rule(**PUBLIC)
    (found,) = ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["ecr-public"])[
        "pullThroughCacheRules"
    ]
    assert PUBLIC.items() <= found.items()
    assert made["createdAt"] == found["createdAt"]
    assert found["registryId"] == shared_bench.account.account_id
    assert cached()
    ecr.delete_pull_through_cache_rule(ecrRepositoryPrefix="ecr-public")
    assert not cached()
    with pytest.raises(ClientError, match="PullThroughCacheRuleNotFoundException"):
        ecr.describe_pull_through_cache_rules(ecrRepositoryPrefixes=["ecr-public"])


def test_a_rule_covers_its_own_prefix_alone(ecr: Any, shared_bench: Workbench) -> None:
    ecr.create_pull_through_cache_rule(**PUBLIC)
    assert not caches(shared_bench.account.account_id, "eu-west-1", "ecr-publicity/postgres")
    assert not caches(shared_bench.account.account_id, "eu-central-1", "ecr-public/postgres")


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        (PUBLIC, "PullThroughCacheRuleAlreadyExistsException"),
        (
            {"ecrRepositoryPrefix": "other", "upstreamRegistryUrl": "example.com"},
            "UnsupportedUpstream",
        ),
        (
            {"ecrRepositoryPrefix": "other", "upstreamRegistryUrl": "ghcr.io"},
            "requires a credentialArn",
        ),
    ],
    ids=["twice", "registry", "login"],
)
def test_a_rule_that_ecr_would_refuse_is_refused(ecr: Any, rule: Any, refusal: str) -> None:
    ecr.create_pull_through_cache_rule(**PUBLIC)
    with pytest.raises(ClientError, match=refusal):
        ecr.create_pull_through_cache_rule(**rule)


def test_a_rule_takes_in_another_login(ecr: Any) -> None:
    login = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/github-"
    ecr.create_pull_through_cache_rule(
        ecrRepositoryPrefix="github", upstreamRegistryUrl="ghcr.io", credentialArn=f"{login}a"
    )
    ecr.update_pull_through_cache_rule(ecrRepositoryPrefix="github", credentialArn=f"{login}b")
    (found,) = ecr.describe_pull_through_cache_rules()["pullThroughCacheRules"]
    assert found["credentialArn"] == f"{login}b"
