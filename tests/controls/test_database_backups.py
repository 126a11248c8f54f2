"""Controls on backups hold, and each is seen to fail on backups that were made worse."""

from __future__ import annotations

import pytest

from tests.controls import database_backups as controls
from tests.controls.database_backups import PLAN, SELECTION, VAULT
from tests.controls.database_sample import databases
from tests.controls.keys import KEY
from tests.controls.mutation import (
    Mutation,
    controls_of,
    each_of,
    protecting,
    removing,
    setting,
)
from tests.controls.tables import table
from tests.engine.outputs import arn
from tests.engine.platform import STACKS, platform

CARD = arn("rds", "db:turnstay-staging-card")
PRODUCTION = {"databases_are_in_a_backup_plan", "vaults_are_protected"}

MUTATIONS = [
    *table(
        controls.databases_are_in_a_backup_plan,
        "general-instance: in no backup plan",
        ("no selection", removing(SELECTION)),
        ("no plan", removing(PLAN)),
        ("the other alone", setting(SELECTION, "backups-selection", "resources", [CARD])),
    ),
    *table(
        controls.backup_plans_add_to_what_databases_keep,
        "backups-plan: not every day",
        (
            "once a week",
            setting(PLAN, "backups-plan", "rules.0.schedule", "cron(0 5 ? * SUN *)"),
        ),
        ("never", setting(PLAN, "backups-plan", "rules.0.schedule")),
    ),
    *table(
        controls.backup_plans_add_to_what_databases_keep,
        "backups-plan: kept",
        (
            "as long as the instance's own",
            setting(PLAN, "backups-plan", "rules.0.lifecycle.deleteAfter", 35),
        ),
    ),
    *table(
        controls.vaults_have_a_key_of_ours,
        "backups-vault: AWS's key",
        ("the default key", setting(VAULT, "backups-vault", "kmsKeyArn")),
        ("a key that is gone", removing(KEY, "vault-key")),
    ),
    *table(
        controls.vaults_are_protected,
        "backups-vault: would be deleted with its backups",
        ("not protected", protecting(VAULT, "backups-vault", protect=False)),
        ("emptied first", setting(VAULT, "backups-vault", "forceDestroy", value=True)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_worse_backups_are_found(mutation: Mutation) -> None:
    assert mutation.missed(databases()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    if stack == "prod" or control not in PRODUCTION:
        assert getattr(controls, control)(platform(stack)) == []
