"""A change of one service's image as a pull request, and its way through checks to a deployment."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from scripts.github.api import Api, GithubError
from stacks.names import slug

MAIN: Final = "main"
CHECKS: Final = "checks.yml"
DEPLOY: Final = "deploy.yml"
POLL_SECONDS: Final = 15.0
LIMIT_SECONDS: Final = 5400.0


@dataclass(frozen=True, kw_only=True)
class ImageChange:
    """What is to be written, and why."""

    stack: str
    service: str
    image: str
    file: str
    text: str
    """the whole file, changed"""
    verb: str
    """Release or Roll back"""

    @property
    def branch(self) -> str:
        """One for each image: a second proposal of the same change finds the first."""
        digest = self.image.rpartition(":")[2]
        return f"image/{self.stack}/{slug(self.service)}-{digest[:12]}"

    @property
    def title(self) -> str:
        """The commit's and the pull request's."""
        return f"{self.verb} {self.service} in {self.stack}: {self.image.rpartition('@')[2][:19]}"


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """An open pull request."""

    number: int
    commit: str
    branch: str
    url: str


def propose(api: Api, change: ImageChange) -> Proposal:
    """Put the change on a branch and open a pull request; one that is open already is taken.

    The commit is GitHub's own (its contents API): signed, and without a token on the disk of the job.
    """
    main = _sha(_mapping(api.get(f"/git/ref/heads/{MAIN}").get("object")))
    open_ = list(
        api.every("/pulls", state="open", head=f"{api.repository.split('/')[0]}:{change.branch}")
    )
    if open_:
        head = _mapping(open_[0].get("head"))
        return _proposal(open_[0], _sha(head), change)
    try:
        api.post("/git/refs", {"ref": f"refs/heads/{change.branch}", "sha": main})
    except GithubError as error:
        if "already exists" not in str(error):
            raise
        # Left by a pull request that was closed: it begins anew from today's main.
        api.patch(f"/git/refs/heads/{change.branch}", {"sha": main, "force": True})
    blob = _sha(api.get(f"/contents/{change.file}?ref={change.branch}"))
    written = api.put(
        f"/contents/{change.file}",
        {
            "message": change.title,
            "content": base64.b64encode(change.text.encode()).decode(),
            "sha": blob,
            "branch": change.branch,
        },
    )
    body = f"`services.{change.service}.image` of `{change.file}` becomes `{change.image}`.\n\nMerging deploys it."
    made = api.post(
        "/pulls", {"title": change.title, "head": change.branch, "base": MAIN, "body": body}
    )
    return _proposal(made, _sha(_mapping(written.get("commit"))), change)


def start_checks(api: Api, proposal: Proposal) -> None:
    """GitHub begins none for what a workflow's own token has made."""
    api.post(f"/actions/workflows/{CHECKS}/dispatches", {"ref": proposal.branch})


def merge_when_checked(api: Api, proposal: Proposal, say: Callable[[str], None]) -> None:
    """Wait for the checks of exactly this commit, merge exactly it, and begin the deployment.

    A GithubError when they fail or take too long: the pull request stays open for a person.
    """
    url = _wait(api, proposal, say)
    api.put(f"/pulls/{proposal.number}/merge", {"sha": proposal.commit, "merge_method": "squash"})
    say(f"merged {proposal.url} after {url}")
    api.post(f"/actions/workflows/{DEPLOY}/dispatches", {"ref": MAIN})
    say("the deployment has begun")


def _wait(
    api: Api,
    proposal: Proposal,
    say: Callable[[str], None],
    clock: Callable[[], float] = time.monotonic,
) -> str:
    began = clock()
    while clock() - began < LIMIT_SECONDS:
        runs = list(
            api.every(
                f"/actions/workflows/{CHECKS}/runs", "workflow_runs", head_sha=proposal.commit
            )
        )
        states = [str(each.get("conclusion")) for each in runs if each.get("status") == "completed"]
        if runs and len(states) == len(runs):
            if "success" in states and set(states) <= {"success"}:
                return str(runs[0].get("html_url"))
            raise GithubError(
                f"the checks of {proposal.url} ended with {', '.join(sorted(set(states)))}"
            )
        say(f"waiting for the checks of {proposal.url}, {clock() - began:.0f} s so far")
        time.sleep(min(POLL_SECONDS, POLL_SECONDS * api.wait_seconds))
    raise GithubError(f"the checks of {proposal.url} are not done after {LIMIT_SECONDS:.0f} s")


def _proposal(pull: Mapping[str, object], commit: str, change: ImageChange) -> Proposal:
    number = pull.get("number")
    if not isinstance(number, int) or not commit:
        raise GithubError(
            f"GitHub's answer about the pull request of {change.branch} has no number or commit"
        )
    return Proposal(
        number=number, commit=commit, branch=change.branch, url=str(pull.get("html_url"))
    )


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _sha(value: Mapping[str, object]) -> str:
    return str(value.get("sha", ""))
