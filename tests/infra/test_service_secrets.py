"""A service's secrets are read by its own tasks alone."""

from __future__ import annotations

import pytest

from stacks.catalogue import REQUIRED_SECRETS
from tests.engine.mutate import mutated
from tests.engine.outputs import ACCOUNT
from tests.engine.platform import STACKS, platform, settings_of
from tests.infra.owners import SLUGS, suffix
from tests.infra.secret_policies import ALLOWING, DENYING, OWN, READING, allowed, undenied

READERS = "policy!.Statement.0.Condition.ArnNotLike.aws:PrincipalArn"


def tasks_of(slug: str, *, images: bool) -> set[str]:
    """The service, and from its first image on its migrations and its debug task, if it may have one."""
    later = {f"{slug}-migrations", *([f"{slug}-debug"] if SLUGS[slug].zone != "card" else [])}
    return {f"{each}-execution-role" for each in {slug, *(later if images else ())}}


@pytest.mark.parametrize("images", [True, False], ids=["images", "no-images"])
@pytest.mark.parametrize("stack", STACKS)
def test_a_secret_is_read_by_the_tasks_of_its_service_and_no_other(
    stack: str, images: bool
) -> None:
    account = settings_of(stack).account
    people = {f"arn:aws:iam::{account.id}:role/{each}" for each in account.secret_readers}
    recording = platform(stack, images=images)
    roles = {
        f"{slug}{suffix(each)}": tasks_of(slug, images=images)
        for slug in SLUGS
        for each in REQUIRED_SECRETS
    }
    relay = {"slack-webhook": {"slack-relay-role"}}
    assert allowed(recording, OWN) == roles | relay
    assert undenied(recording, OWN) == {
        name: [people | {f"arn:aws:iam::{ACCOUNT}:role/{each}" for each in own}] * images
        for name, own in roles.items()
    } | {"slack-webhook": [people | {f"arn:aws:iam::{ACCOUNT}:role/slack-relay-role"}]}


def test_a_further_reader_is_seen() -> None:
    sound = platform("staging")
    spared = mutated(sound, DENYING, "ledger-secret-key-policy", f"{READERS}.1", "arn:recon")
    statements = sound.one(ALLOWING, "recon-execution-role-policy").json("policy")["Statement"]
    reading = next(index for index, each in enumerate(statements) if READING in each["Action"])
    every = "arn:aws:secretsmanager:*:secret:turnstay/staging/ledger/*"
    path = f"policy!.Statement.{reading}.Resource.0"
    wider = mutated(sound, ALLOWING, "recon-execution-role-policy", path, every)
    assert undenied(spared, OWN) != undenied(sound, OWN)
    gained = {name for name, own in allowed(wider, OWN).items() if own > allowed(sound, OWN)[name]}
    assert gained == {f"ledger{suffix(each)}" for each in REQUIRED_SECRETS}
