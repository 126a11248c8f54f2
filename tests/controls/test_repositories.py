"""Controls on image repositories hold, and each is seen to fail on a repository that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import repositories as controls
from tests.controls.compute_sample import compute
from tests.controls.mutation import (
    Change,
    Mutation,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.controls.repositories import LIFECYCLE, REPOSITORY
from tests.controls.tables import table
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

NAME = "ledger-images-repository"
# Its images can be built again, and it is torn down as a whole.
EXEMPT = {("staging", "repositories_are_protected")}


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(REPOSITORY, NAME, path, value)


def _rule(path: str, value: Any = DELETE) -> Change:
    return setting(LIFECYCLE, "ledger-images-lifecycle", f"policy!.rules.{path}", value)


MUTATIONS = [
    *table(
        controls.images_are_scanned,
        "images are not scanned",
        ("not on push", _set("imageScanningConfiguration.scanOnPush", value=False)),
        ("by default", _set("imageScanningConfiguration")),
    ),
    *table(
        controls.tags_never_move,
        f"{NAME}: tags are",
        ("mutable", _set("imageTagMutability", "MUTABLE")),
        ("but for some", _set("imageTagMutability", "IMMUTABLE_WITH_EXCLUSION")),
        ("by default", _set("imageTagMutability")),
    ),
    *table(
        controls.images_expire_but_not_what_is_deployed,
        "images never expire",
        ("no policy", removing(LIFECYCLE, "ledger-images-lifecycle")),
    ),
    *table(
        controls.images_expire_but_not_what_is_deployed,
        "what is deployed may expire",
        ("builds first", _rule("0.rulePriority", 9)),
        ("no rule of its own", _rule("0")),
        ("a few", _rule("0.selection.countNumber", 5)),
        ("after a month", _rule("0.selection.countType", "sinceImagePushed")),
    ),
    *table(
        controls.images_expire_but_not_what_is_deployed,
        "too few images are kept",
        ("three builds", _rule("2.selection.countNumber", 3)),
        ("builds by age", _rule("2.selection.countType", "sinceImagePushed")),
    ),
    *table(
        controls.images_are_encrypted_with_our_key,
        "not encrypted with a key of ours",
        ("AES256", _set("encryptionConfigurations.0.encryptionType", "AES256")),
        ("AWS's key", _set("encryptionConfigurations.0.kmsKey")),
        ("by default", _set("encryptionConfigurations")),
    ),
    *table(
        controls.repositories_are_protected,
        f"{NAME}: protect is",
        ("not protected", protecting(REPOSITORY, NAME, protect=False)),
        ("emptied on the way out", _set("forceDelete", value=True)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_repository_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    findings = getattr(controls, control)(platform(stack))
    assert findings == [] or (stack, control) in EXEMPT
