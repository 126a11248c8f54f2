"""What a workflow may do at all: its rights, whose code it runs; each control returns what it finds wrong."""

from __future__ import annotations

import re

from tests.workflows.reading import Files, jobs, steps, workflows

WRITES = {
    "workflows/preview.yml: comment-staging": {"pull-requests"},
    "workflows/preview.yml: comment-prod": {"pull-requests"},
    "workflows/comment.yml: comment": {"pull-requests"},
    "workflows/drift.yml: look": {"issues"},
    "workflows/change-image.yml: propose": {"actions", "contents", "pull-requests"},
    "workflows/rollback.yml: previous": {"actions", "contents", "pull-requests"},
}
"""Who may write what, besides asking for a token for AWS."""


def permissions(given: Files) -> list[str]:
    """Nothing by default; each job what it needs, and writes only as the table says."""
    found = [
        f"{file}: permissions are not {{}} at the top"
        for file, each in workflows(given).items()
        if each.get("permissions") != {}
    ]
    for place, job in jobs(given):
        if not isinstance(job.get("permissions"), dict):
            found.append(f"{place}: has no permissions of its own")
            continue
        writes = {
            name
            for name, level in job["permissions"].items()
            if level == "write" and name != "id-token"
        }
        found += [
            f"{place}: may write {name}" for name in sorted(writes - WRITES.get(place, set()))
        ]
    return found


def pins(given: Files) -> list[str]:
    """Actions of others by commit, with the version in a comment, and each in one version."""
    found: list[str] = []
    seen: dict[str, str] = {}
    for file, text in given.items():
        for line in text.splitlines():
            used = re.search(r"uses:\s*(\S+)(.*)", line)
            if used is None or line.lstrip().startswith("#") or used[1].startswith("./"):
                continue
            action, _, version = used[1].partition("@")
            if not re.fullmatch("[0-9a-f]{40}", version) or not re.fullmatch(
                r" # v\d+\.\d+\.\d+", used[2]
            ):
                found.append(f"{file}: {used[1]} is not pinned by commit with its version")
            elif seen.setdefault(action, version) != version:
                found.append(f"{file}: {action} in two versions")
    return found


def forks(given: Files) -> list[str]:
    """What a branch says is run with a role only for branches of this repository; never by pull_request_target."""
    found = [
        f"{file}: pull_request_target"
        for file, text in given.items()
        if "pull_request_target" in text or "workflow_run" in text
    ]
    own = "github.event.pull_request.head.repo.full_name == github.repository"
    for place, job in jobs(given):
        asks = job.get("permissions", {}).get("id-token") == "write" and "steps" in job
        if place.startswith("workflows/preview.yml") and asks:
            if own not in str(job.get("if", "")):
                found.append(f"{place}: runs for a fork")
            if place.endswith(": prod") and job.get("environment") != "prod-preview":
                found.append(f"{place}: waits for nobody")
            if place.endswith(": staging") and " || " in str(job["if"]):
                found.append(f"{place}: runs for more than branches of this repository")
    return found


def checkouts(given: Files) -> list[str]:
    """No checkout leaves a token on the disk; who comments runs main's code."""
    found = []
    for place, step in steps(given):
        if str(step.get("uses", "")).startswith("actions/checkout@"):
            if step.get("with", {}).get("persist-credentials") is not False:
                found.append(f"{place}: leaves the token in .git")
            if place.startswith("workflows/comment.yml") and step["with"].get("ref") != "main":
                found.append(f"{place}: runs the branch's code with a right to write")
    return found


def injections(given: Files) -> list[str]:
    """No expression inside a command: whatever it holds would be run."""
    return [
        f"{place}: an expression in a command"
        for place, step in steps(given)
        if "${{" in str(step.get("run", ""))
    ]
