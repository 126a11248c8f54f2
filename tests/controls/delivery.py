"""Controls on the pipeline's identities: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

import re
from typing import Any, Final

from tests.controls.github_roles import (
    MANAGED,
    ROLE,
    github_trusts,
    many,
    policies,
    principals,
    statements,
)
from tests.engine.recording import Recording

HOST: Final = "token.actions.githubusercontent.com"
AUDIENCE: Final = "sts.amazonaws.com"
# With the numbers, and one kind of job: an environment, pull requests, or a branch by its whole name.
SUBJECT: Final = re.compile(
    r"repo:[\w-]+@\d+/[\w.-]+@\d+:(environment:[\w-]+|pull_request|ref:refs/heads/[\w/.-]+)"
)
LONGEST_SECONDS: Final = 4 * 3600
IDENTITIES_OF_PEOPLE: Final = ("aws:iam/user", "aws:iam/accessKey", "aws:iam/group")


def github_gets_in_by_an_exact_subject(recording: Recording) -> list[str]:
    """No pattern, no missing claim, and the numbers beside the names."""
    findings = []
    for role, statement in github_trusts(recording):
        condition = dict(statement.get("Condition", {}))
        claims = condition.pop("StringEquals", {})
        findings += [f"{role.name}: {operator} in its trust policy" for operator in condition]
        if claims.get(f"{HOST}:aud") != AUDIENCE:
            findings.append(f"{role.name}: takes tokens for another audience")
        subjects = many(claims.get(f"{HOST}:sub", ""))
        findings += [
            f"{role.name}: lets in {each!r}" for each in subjects if not SUBJECT.fullmatch(each)
        ]
    return findings


def roles_are_taken_by_named_principals(recording: Recording) -> list[str]:
    """Nobody's role is everybody's."""
    return [
        f"{role.name}: trusts {principal!r}"
        for role in recording.all(ROLE)
        for statement in statements(role, "assumeRolePolicy")
        for principal in principals(statement)
        if "*" in principal or not principal
    ]


def the_pipeline_changes_things_within_a_boundary(recording: Recording) -> list[str]:
    """A role of GitHub's that can change IAM has a boundary, and one of this program that denies it more."""
    boundaries = {each.inputs["name"]: each for each in recording.all(MANAGED)}
    findings = []
    for role in {each.name: each for each, _ in github_trusts(recording)}.values():
        if not any(_changes_iam(each) for each in policies(recording, role)):
            continue
        named = str(role.inputs.get("permissionsBoundary", "")).rpartition("/")[2]
        if named not in boundaries:
            findings.append(f"{role.name}: changes roles without a boundary")
        elif not any(_keeps_boundaries(each) for each in statements(boundaries[named], "policy")):
            findings.append(f"{role.name}: its boundary lets it make roles without one")
    return findings


def roles_are_made_with_the_boundary_that_the_pipeline_needs(recording: Recording) -> list[str]:
    """A role without it could be made by people alone, and would be beyond the pipeline's reach."""
    trusted = {each.name for each, _ in github_trusts(recording)}
    if not trusted:
        return []
    return [
        f"{role.name}: {key} is {role.inputs.get(key)}"
        for role in recording.all(ROLE)
        if role.name not in trusted
        for key, ending in (("permissionsBoundary", "-workload-boundary"), ("path", "/"))
        if not str(role.inputs.get(key)).endswith(ending)
    ]


def the_pipeline_names_what_it_may(recording: Recording) -> list[str]:
    """No `*` and no `service:*`; everything only where a condition narrows it. A boundary grants nothing and may."""
    findings = []
    for role in {each.name: each for each, _ in github_trusts(recording)}.values():
        for statement in policies(recording, role):
            if statement["Effect"] != "Allow":
                continue
            wide = [each for each in many(statement.get("Action", "*")) if each.endswith("*")]
            findings += [f"{role.name}: may {each}" for each in wide]
            if "*" in many(statement.get("Resource", "*")) and not statement.get("Condition"):
                findings.append(f"{role.name}: {statement['Action']} on everything")
    return findings


def sessions_of_the_pipeline_end(recording: Recording) -> list[str]:
    """A role is given back in hours; whoever changes nothing needs one."""
    return [
        f"{role.name}: sessions of {role.inputs.get('maxSessionDuration')} s"
        for role, _ in github_trusts(recording)
        if not 0 < role.inputs.get("maxSessionDuration", 0) <= LONGEST_SECONDS
    ]


def nobody_holds_a_long_lived_key(recording: Recording) -> list[str]:
    """No user, no access key: roles are taken for a session. Looks at roles so that it looks at something."""
    assert recording.all(ROLE) is not None
    return [
        f"{each.name}: a {each.type}"
        for each in recording.registrations.values()
        if each.type.startswith(IDENTITIES_OF_PEOPLE)
    ]


def _changes_iam(statement: dict[str, Any]) -> bool:
    looking = ("iam:Get", "iam:List")
    actions = many(statement.get("Action", "*"))
    changing = [each for each in actions if each.startswith(("iam:", "*"))]
    return statement["Effect"] == "Allow" and any(not each.startswith(looking) for each in changing)


def _keeps_boundaries(statement: dict[str, Any]) -> bool:
    condition = statement.get("Condition", {}).get("StringNotEquals", {})
    return (
        statement["Effect"] == "Deny"
        and "iam:CreateRole" in many(statement.get("Action", []))
        and str(condition.get("iam:PermissionsBoundary")).endswith("-workload-boundary")
    )
