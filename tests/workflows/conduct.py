"""How a workflow goes about its work: order, locks, looks before it leaps; each control returns what it finds wrong."""

from __future__ import annotations

from collections.abc import Callable

from tests.workflows.controls import checkouts, forks, injections, permissions, pins
from tests.workflows.reading import Files, commands, jobs


def locks(given: Files) -> list[str]:
    """One update of a stack at a time, never cancelled by another; its own lock is given back."""
    found = []
    for place, job in jobs(given):
        text = str(job.get("steps", ""))
        if "role': 'deploy'" not in text:
            continue
        concurrency = job.get("concurrency", {})
        if (
            concurrency.get("group") != "stack-${{ inputs.stack }}"
            or concurrency.get("cancel-in-progress") is not False
        ):
            found.append(f"{place}: is not alone with its stack")
        if job.get("environment") != "${{ inputs.stack }}":
            found.append(f"{place}: has no environment called after the stack")
        if not any(
            step.get("if") == "cancelled()" and "scripts.stack_lock" in step.get("run", "")
            for step in job["steps"]
        ):
            found.append(f"{place}: does not give back its lock when it is cancelled")
    return found


def updates(given: Files) -> list[str]:
    """Every update goes on past one refused service, after a report that may stop it, and never from a preview's role."""
    found = []
    for place, job in jobs(given):
        runs = [str(step.get("run", "")) for step in job.get("steps", [])]
        ups = [at for at, run in enumerate(runs) if "pulumi.sh up" in run]
        for at in ups:
            if "--continue-on-error" not in runs[at]:
                found.append(f"{place}: one refused service stops the others")
            if not any("scripts.preview_report" in run for run in runs[:at]):
                found.append(f"{place}: deploys what nobody has looked at")
        # What the script asks of Pulumi: tests/scripts/test_drift.py.
        if "drift" in place and not any("scripts/drift.sh" in run for run in runs):
            found.append(f"{place}: changes something")
    return found


def order(given: Files) -> list[str]:
    """Bootstrap, lint, test; staging before prod."""
    needs = {place: job.get("needs") for place, job in jobs(given)}
    expected = {
        "workflows/checks.yml: lint": "bootstrap",
        "workflows/checks.yml: test": "lint",
        "workflows/deploy.yml: prod": "staging",
    }
    return [
        f"{place}: does not wait for {what}"
        for place, what in expected.items()
        if needs.get(place) != what
    ]


def time_limits(given: Files) -> list[str]:
    """No job hangs for six hours."""
    return [
        f"{place}: has no timeout-minutes"
        for place, job in jobs(given)
        if "steps" in job and "timeout-minutes" not in job
    ]


def scripts(given: Files) -> list[str]:
    """A thin workflow calls something of this project; what it calls is checked with its arguments elsewhere."""
    called = {command[0] for _, command in commands(given)}
    expected = {
        "scripts.preview_report",
        "scripts.github",
        "scripts.stack_lock",
        "scripts.image_change",
        "scripts.stack_facts",
        "scripts/pulumi.sh",
    }
    return [f"nobody calls {each}" for each in sorted(expected - called)]


CONTROLS: tuple[Callable[[Files], list[str]], ...] = (
    permissions,
    pins,
    forks,
    checkouts,
    injections,
    locks,
    updates,
    order,
    time_limits,
    scripts,
)
