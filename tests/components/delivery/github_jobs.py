"""The roles that jobs of GitHub take, by their trust policies, and the jobs that no one of them is for."""

from __future__ import annotations

from components.delivery.github_trust import (
    MAIN,
    MAIN_REF,
    PULL_REQUEST,
    Repository,
    environment,
    github_trust,
)
from tests.components.delivery.github_tokens import PROVIDER, token

PLATFORM = Repository(organisation="turnstay", organisation_id=11, name="platform", number=22)
LEDGER = Repository(organisation="turnstay", organisation_id=11, name="ledger", number=33)
RELEASE = "turnstay/platform/.github/workflows/release-service.yml@refs/heads/main"
OF_LEDGER = "turnstay@11/ledger@33"

DEPLOY = github_trust(PROVIDER, [PLATFORM.subject(environment("prod"))], ref=MAIN_REF)
PREVIEW = github_trust(PROVIDER, [PLATFORM.subject(each) for each in (PULL_REQUEST, MAIN)])
PUSH = github_trust(
    PROVIDER, [LEDGER.subject(MAIN)], workflow=PLATFORM.workflow("release-service.yml")
)
PUBLISH = github_trust(PROVIDER, [LEDGER.subject(environment("publish"))])

REFUSED = {
    "another environment": (DEPLOY, token("environment:staging")),
    "the environment of previews": (DEPLOY, token("environment:prod-preview")),
    "no environment": (DEPLOY, token("ref:refs/heads/main")),
    "another branch in the environment": (DEPLOY, token("environment:prod", ref="refs/heads/x")),
    "a tag in the environment": (DEPLOY, token("environment:prod", ref="refs/tags/main")),
    "a pull request": (DEPLOY, token("pull_request", ref="refs/pull/7/merge")),
    "a fork": (DEPLOY, token("environment:prod", repository="turnstay@99/platform@98")),
    "a repository that took the name": (
        DEPLOY,
        token("environment:prod", repository="turnstay@11/platform@23"),
    ),
    "an organisation that took the name": (
        DEPLOY,
        token("environment:prod", repository="turnstay@12/platform@22"),
    ),
    "a token without numbers": (DEPLOY, token("environment:prod", repository="turnstay/platform")),
    "another repository": (DEPLOY, token("environment:prod", repository=OF_LEDGER)),
    "another audience": (DEPLOY, token("environment:prod", audience="https://github.com/turnstay")),
    "a preview from a branch": (PREVIEW, token("ref:refs/heads/feature")),
    "a preview from a fork": (PREVIEW, token("pull_request", repository="someone@5/platform@6")),
    "a preview from a tag": (PREVIEW, token("ref:refs/tags/main")),
    "a push by a job of its own": (PUSH, token("ref:refs/heads/main", repository=OF_LEDGER)),
    "a push by another workflow": (
        PUSH,
        token(
            "ref:refs/heads/main",
            repository=OF_LEDGER,
            workflow="turnstay/ledger/.github/workflows/release-service.yml@refs/heads/main",
        ),
    ),
    "a push by a branch of the workflow": (
        PUSH,
        token("ref:refs/heads/main", repository=OF_LEDGER, workflow=RELEASE.replace("main", "x")),
    ),
    "a push from a branch": (
        PUSH,
        token("ref:refs/heads/x", repository=OF_LEDGER, workflow=RELEASE),
    ),
    "a push from another service": (
        PUSH,
        token("ref:refs/heads/main", repository="turnstay@11/recon@44", workflow=RELEASE),
    ),
    "publishing without the environment": (
        PUBLISH,
        token("ref:refs/tags/v1.2.0", repository=OF_LEDGER, ref="refs/tags/v1.2.0"),
    ),
}
