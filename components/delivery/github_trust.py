"""Whom a role lets in: exactly these jobs of exactly these repositories of GitHub.

A token's `sub` holds the numbers of organisation and repository beside their names, so a name that was given up and taken
by somebody else, or a fork of the same name, is another subject. Nothing here matches by pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from components.delivery.statements import TRUST_LIMIT, Document, document, size_problem

HOST: Final = "token.actions.githubusercontent.com"
PROVIDER_URL: Final = f"https://{HOST}"
AUDIENCE: Final = "sts.amazonaws.com"
"""What aws-actions/configure-aws-credentials asks a token for."""
MAIN_REF: Final = "refs/heads/main"
MAIN: Final = f"ref:{MAIN_REF}"
PULL_REQUEST: Final = "pull_request"


@dataclass(frozen=True, kw_only=True)
class Repository:
    """A repository with its numbers, which GitHub never gives out twice."""

    organisation: str
    organisation_id: int
    name: str
    number: int

    def subject(self, job: str) -> str:
        """The `sub` of a token of one kind of job: `ref:refs/heads/main`, `pull_request`, `environment:prod`."""
        owner = f"{self.organisation}@{self.organisation_id}"
        return f"repo:{owner}/{self.name}@{self.number}:{job}"

    def workflow(self, file: str) -> str:
        """The `job_workflow_ref` of a job that runs in a reusable workflow of this repository's main branch."""
        return f"{self.organisation}/{self.name}/.github/workflows/{file}@{MAIN_REF}"


def environment(name: str) -> str:
    """A job that names a GitHub environment, and so has passed its protection rules; it carries no branch."""
    return f"environment:{name}"


def provider_arn(account_id: str) -> str:
    """The account's trust in GitHub, of which there is one, whoever made it."""
    return f"arn:aws:iam::{account_id}:oidc-provider/{HOST}"


def github_trust(
    provider: str, subjects: Sequence[str], *, ref: str | None = None, workflow: str | None = None
) -> Document:
    """Let in tokens for AWS with one of the subjects; with `ref` or `workflow`, only from there.

    A subject with an environment carries no branch, so `ref` says it besides the environment's own rules. GitHub puts `job_workflow_ref` into the tokens of jobs of a reusable workflow alone: a job that the calling repository
    wrote itself has none, or its own, and stays out. A ValueError says when IAM would refuse the length.
    """
    if not subjects:
        raise ValueError("a role that nobody may take needs no trust policy; name a subject")
    if loose := [each for each in subjects if set(each) & set("*?$")]:
        raise ValueError(f"a subject is exact, got {', '.join(loose)}")
    claims: dict[str, object] = {
        f"{HOST}:aud": AUDIENCE,
        f"{HOST}:sub": subjects[0] if len(subjects) == 1 else sorted(subjects),
    }
    if ref is not None:
        claims[f"{HOST}:ref"] = ref
    if workflow is not None:
        claims[f"{HOST}:job_workflow_ref"] = workflow
    found = document(
        [
            {
                "Sid": "GitHub",
                "Effect": "Allow",
                "Principal": {"Federated": provider},
                "Action": "sts:AssumeRoleWithWebIdentity",
                "Condition": {"StringEquals": claims},
            }
        ]
    )
    if problem := size_problem("the trust policy", [found], TRUST_LIMIT):
        raise ValueError(problem)
    return found
