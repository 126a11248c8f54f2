"""Controls on the pipeline's identities hold, and each is seen to fail on an identity that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import delivery as controls
from tests.controls.delivery import HOST
from tests.controls.github_roles import INLINE, MANAGED, ROLE
from tests.controls.mutation import Change, Mutation, adding, controls_of, each_of, setting
from tests.controls.tables import table
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

NAMES, LOOKS = 0, 1


def _trust(role: str, path: str, value: Any = DELETE) -> Change:
    return setting(ROLE, f"{role}-role", f"assumeRolePolicy!.Statement.0.{path}", value)


def _claim(name: str, value: Any = None) -> Change:
    """Another claim than the deploy role asks for, or none. A path cannot name one: its key has dots in it."""
    sound = {
        "aud": "sts.amazonaws.com",
        "ref": "refs/heads/main",
        "sub": "repo:turnstay@0/platform@0:environment:staging",
    }
    claims = {f"{HOST}:{key}": each for key, each in {**sound, name: value}.items() if each}
    return _trust("deploy", "Condition.StringEquals", claims)


def _right(index: int, path: str, value: Any = DELETE) -> Change:
    return setting(INLINE, "preview-rights", f"policy!.Statement.{index}.{path}", value)


def _boundary(path: str, value: Any = DELETE) -> Change:
    return setting(MANAGED, "deploy-boundary-policy", f"policy!.Statement.{path}", value)


MUTATIONS = [
    *table(
        controls.github_gets_in_by_an_exact_subject,
        "deploy-role: lets in",
        ("any job", _claim("sub", "repo:turnstay@0/platform@0:*")),
        ("any repository", _claim("sub", "repo:turnstay*/*:environment:staging")),
        ("no numbers", _claim("sub", "repo:turnstay/platform:environment:staging")),
        ("any branch", _claim("sub", ["repo:turnstay@0/platform@0:ref:refs/heads/*"])),
        ("a tag", _claim("sub", "repo:turnstay@0/platform@0:ref:refs/tags/v1")),
        ("anybody", _claim("sub")),
    ),
    *table(
        controls.github_gets_in_by_an_exact_subject,
        "deploy-role: ",
        ("any audience", _claim("aud")),
        ("a pattern", _trust("deploy", "Condition.StringLike", {f"{HOST}:sub": "repo:*"})),
        ("a set", _trust("deploy", "Condition.ForAnyValue:StringEquals", {f"{HOST}:sub": "x"})),
        ("no condition", _trust("deploy", "Condition")),
    ),
    *table(
        controls.roles_are_taken_by_named_principals,
        "deploy-role: trusts '*'",
        ("anybody", _trust("deploy", "Principal", "*")),
        ("any account", _trust("deploy", "Principal", {"AWS": "*"})),
        ("nobody named", _trust("deploy", "Principal")),
    ),
    *table(
        controls.the_pipeline_changes_things_within_a_boundary,
        "deploy-role: ",
        ("no boundary", setting(ROLE, "deploy-role", "permissionsBoundary")),
        (
            "one from elsewhere",
            setting(ROLE, "deploy-role", "permissionsBoundary", "arn:aws:iam::aws:policy/x"),
        ),
        ("one without the deny", _boundary("2.Effect", "Allow")),
        ("another boundary", _boundary("2.Condition.StringNotEquals.iam:PermissionsBoundary", "x")),
        ("roles without a boundary", _boundary("2.Action", ["iam:PutRolePolicy"])),
    ),
    *table(
        controls.roles_are_made_with_the_boundary_that_the_pipeline_needs,
        "ledger-task-role: ",
        ("no boundary", setting(ROLE, "ledger-task-role", "permissionsBoundary")),
        ("no path", setting(ROLE, "ledger-task-role", "path")),
    ),
    *table(
        controls.the_pipeline_names_what_it_may,
        "preview-role: ",
        ("everything", _right(LOOKS, "Action", "*")),
        ("all of a service", _right(LOOKS, "Action", ["ecs:*"])),
        ("all that begins so", _right(LOOKS, "Action", ["secretsmanager:Get*"])),
        ("everywhere", _right(NAMES, "Condition")),
    ),
    *table(
        controls.sessions_of_the_pipeline_end,
        "deploy-role: sessions of",
        ("half a day", setting(ROLE, "deploy-role", "maxSessionDuration", 43_200)),
        ("AWS's own choice", setting(ROLE, "deploy-role", "maxSessionDuration")),
    ),
    *table(
        controls.nobody_holds_a_long_lived_key,
        "extra: a aws:iam/",
        ("a user", adding("aws:iam/user:User", name="ci")),
        ("a key", adding("aws:iam/accessKey:AccessKey", user="ci")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_identity_is_found(mutation: Mutation) -> None:
    assert mutation.missed(platform("staging")) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
