from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from components.delivery.github_trust import HOST, MAIN, Repository, github_trust, provider_arn
from tests.components.delivery.github_jobs import (
    DEPLOY,
    OF_LEDGER,
    PREVIEW,
    PUBLISH,
    PUSH,
    REFUSED,
    RELEASE,
)
from tests.components.delivery.github_tokens import ACCOUNT, PROVIDER, token
from tests.policies.evaluate import may_assume


@pytest.mark.parametrize(
    ("trust", "claims"),
    [
        (DEPLOY, token("environment:prod")),
        (PREVIEW, token("pull_request", ref="refs/pull/7/merge")),
        (PREVIEW, token("ref:refs/heads/main")),
        (PUSH, token("ref:refs/heads/main", repository=OF_LEDGER, workflow=RELEASE)),
        (PUBLISH, token("environment:publish", repository=OF_LEDGER, ref="refs/tags/v1.2.0")),
    ],
    ids=["deploy", "pull request", "drift", "release", "publish"],
)
def test_the_job_that_a_role_is_for_takes_it(trust: dict[str, Any], claims: dict[str, str]) -> None:
    assert may_assume(trust, PROVIDER, claims)


@pytest.mark.parametrize(("trust", "claims"), REFUSED.values(), ids=REFUSED)
def test_any_other_job_stays_out(trust: dict[str, Any], claims: dict[str, str]) -> None:
    assert not may_assume(trust, PROVIDER, claims)


def test_another_provider_stays_out_whatever_its_tokens_say() -> None:
    other = PROVIDER.replace("token.actions", "token.actions.other")
    assert not may_assume(DEPLOY, other, token("environment:prod"))
    assert provider_arn(ACCOUNT) == PROVIDER


def _claims(trust: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = trust["Statement"][0]["Condition"]
    return found


def _wildcard(trust: dict[str, Any]) -> None:
    _claims(trust)["StringLike"] = {f"{HOST}:sub": "repo:turnstay*:*"}
    del _claims(trust)["StringEquals"][f"{HOST}:sub"]


def _without(claim: str) -> Callable[[dict[str, Any]], None]:
    def worse(trust: dict[str, Any]) -> None:
        del _claims(trust)["StringEquals"][f"{HOST}:{claim}"]

    return worse


@pytest.mark.parametrize(
    ("sound", "worse", "let_in"),
    [
        (DEPLOY, _wildcard, "a repository that took the name"),
        (DEPLOY, _without("sub"), "a fork"),
        (DEPLOY, _without("ref"), "another branch in the environment"),
        (DEPLOY, _without("aud"), "another audience"),
        (PUSH, _without("job_workflow_ref"), "a push by a job of its own"),
        (PREVIEW, _wildcard, "a preview from a tag"),
    ],
    ids=["wildcard", "no subject", "no ref", "no audience", "no workflow", "wildcard preview"],
)
def test_a_looser_policy_is_seen_to_let_them_in(
    sound: dict[str, Any], worse: Callable[[dict[str, Any]], None], let_in: str
) -> None:
    loose = copy.deepcopy(sound)
    worse(loose)
    assert may_assume(loose, PROVIDER, REFUSED[let_in][1])


def test_a_number_that_is_not_known_lets_nobody_in() -> None:
    unknown = Repository(organisation="turnstay", organisation_id=0, name="platform", number=0)
    trust = github_trust(PROVIDER, [unknown.subject(MAIN)])
    for repository in ("turnstay@11/platform@22", "turnstay/platform", "turnstay@/platform@"):
        assert not may_assume(trust, PROVIDER, token("ref:refs/heads/main", repository=repository))


@pytest.mark.parametrize(
    ("subjects", "text"),
    [
        ([], "nobody may take"),
        (["repo:turnstay@1/*"], r"a subject is exact, got repo:turnstay@1/\*"),
        ([f"repo:turnstay@1/{'x' * 90}@{number}:{MAIN}" for number in range(20)], "IAM takes 2048"),
    ],
)
def test_a_policy_that_is_open_or_too_long_is_refused(subjects: list[str], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        github_trust(PROVIDER, subjects)
