"""A login's secret is read by the tasks of its own service and by those whom the settings name, and by nobody else.

Two things say so, and both must: the policy of the secret, which denies it to all others, and those of the roles.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from tests.engine.mutate import mutated, without
from tests.engine.outputs import ACCOUNT
from tests.engine.platform import STACKS, platform, settings_of
from tests.engine.recording import Recording
from tests.infra.owners import LOGINS, SLUGS
from tests.infra.secret_policies import (
    ALLOWING,
    DENYING,
    LOGIN,
    READING,
    allowed,
    secrets,
    undenied,
)

CONDITION: Final = "policy!.Statement.0.Condition.ArnNotLike.aws:PrincipalArn"


def tasks_of(slug: str, login: str, *, images: bool) -> set[str]:
    """What uses a login: the gate that sets its password, and the service and its debug task, or the migrations."""
    debug = images and SLUGS[slug].zone != "card"
    app = {slug, *([f"{slug}-debug"] if debug else [])}
    migrations = {f"{slug}-migrations"} if images else set()
    return {f"{slug}-roles", *(migrations if login == "-migrator" else app)}


def roles(tasks: set[str]) -> set[str]:
    return {f"{each}-execution-role" for each in tasks}


@pytest.mark.parametrize("images", [True, False], ids=["images", "no-images"])
@pytest.mark.parametrize("stack", STACKS)
def test_a_secret_denies_itself_to_all_but_its_tasks_and_those_whom_the_settings_name(
    stack: str, images: bool
) -> None:
    account = settings_of(stack).account
    people = {f"arn:aws:iam::{account.id}:role/{each}" for each in account.secret_readers}
    assert people, "or there were no policies to look at"
    assert undenied(platform(stack, images=images), LOGIN) == {
        f"{slug}{login}": [
            people
            | {
                f"arn:aws:iam::{ACCOUNT}:role/{each}"
                for each in roles(tasks_of(slug, login, images=images))
            }
        ]
        # The migrator's comes with the first image: an older policy would still deny it to the gate of that release.
        * (images or login != "-migrator")
        for slug in SLUGS
        for login in LOGINS
    }


@pytest.mark.parametrize("images", [True, False], ids=["images", "no-images"])
@pytest.mark.parametrize("stack", STACKS)
def test_no_role_but_those_of_its_tasks_may_read_a_secret(stack: str, images: bool) -> None:
    expected = {
        f"{slug}{login}": roles(tasks_of(slug, login, images=images))
        for slug in SLUGS
        for login in LOGINS
    }
    for slug in SLUGS:
        # Of the two that take turns, a person looks around with the one whose turn it is: the first, in round 0.
        assert settings_of(stack).services[SLUGS[slug].name].database.rotation == 0
        expected[f"{slug}-app-b"] -= roles({f"{slug}-debug"})
    assert allowed(platform(stack, images=images), LOGIN) == expected


def _stranger(recording: Recording) -> Recording:
    path = f"{CONDITION}.1"
    return mutated(recording, DENYING, "ledger-app-a-policy", path, "arn:aws:iam::1:role/recon")


def _forgotten(recording: Recording) -> Recording:
    return mutated(recording, DENYING, "ledger-app-a-policy", f"{CONDITION}.2")


def _for_another(recording: Recording) -> Recording:
    secret = secrets(recording, LOGIN)["ledger-app-b"]
    return mutated(recording, DENYING, "ledger-app-a-policy", "secretArn", secret)


def _open(recording: Recording) -> Recording:
    return without(recording, DENYING, "ledger-app-a-policy")


@pytest.mark.parametrize("change", [_stranger, _forgotten, _for_another, _open])
def test_a_policy_that_spares_others_is_seen(change: Callable[[Recording], Recording]) -> None:
    sound = undenied(platform("staging"), LOGIN)
    worse = undenied(change(platform("staging")), LOGIN)
    different = {login for login in sound if worse[login] != sound[login]}
    assert different == {"ledger-app-a", *(["ledger-app-b"] if change is _for_another else [])}


def test_a_role_that_may_read_more_is_seen() -> None:
    sound, name = platform("staging"), "recon-execution-role-policy"
    statements = sound.one(ALLOWING, name).json("policy")["Statement"]
    reading = next(index for index, each in enumerate(statements) if READING in each["Action"])
    every = "arn:aws:secretsmanager:*:secret:turnstay/staging/ledger/*"
    worse = mutated(sound, ALLOWING, name, f"policy!.Statement.{reading}.Resource.0", every)
    gained = {
        login
        for login, found in allowed(worse, LOGIN).items()
        if found > allowed(sound, LOGIN)[login]
    }
    assert gained == {f"ledger{each}" for each in LOGINS}
