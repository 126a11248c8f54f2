"""Tokens of GitHub Actions, as a job of one repository gets them: the claims that AWS sees."""

from __future__ import annotations

from typing import Final

ACCOUNT: Final = "111122223333"
PROVIDER: Final = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"


def token(
    job: str,
    *,
    repository: str = "turnstay@11/platform@22",
    ref: str = "refs/heads/main",
    audience: str = "sts.amazonaws.com",
    workflow: str | None = None,
) -> dict[str, str]:
    """The claims; `job` is the end of the subject, `workflow` the reusable workflow in which the job runs, if it does."""
    found = {"aud": audience, "sub": f"repo:{repository}:{job}", "ref": ref}
    return found if workflow is None else {**found, "job_workflow_ref": workflow}
