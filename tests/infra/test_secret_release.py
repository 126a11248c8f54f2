"""A new value, or a new secret, reaches exactly the service that uses it."""

from __future__ import annotations

from typing import Any

import pytest

from stacks.catalogue import REQUIRED_SECRETS
from tests.infra.edits import APP, after_edit, after_setting, rolled

pytestmark = pytest.mark.usefixtures("_successors_have_arns_of_their_own")


def test_another_epoch_makes_one_value_and_rolls_exactly_its_service() -> None:
    release = after_setting("staging", "ledger", secrets={"SECRET_KEY": {"rotate": 1}})
    reference = {f"{APP}.secrets.3.valueFrom"}
    expected = rolled("ledger", *reference, debug=reference)
    expected["Stash ledger-migrations-done"].add("input.task.taskDefinition")
    assert release.changed == expected | {
        "RandomPassword ledger-secret-key-value": {"keepers.epoch"},
        "SecretVersion ledger-secret-key-version": {"secretString"},
        "TaskDefinition ledger-migrations-task": {f"{APP}.secrets.3.valueFrom"},
    }
    assert release.added | release.removed == set()


def test_an_optional_secret_is_one_line_and_touches_its_service_alone() -> None:
    release = after_setting("staging", "payouts", secrets={"SLACK_WEBHOOK_URL": {}})
    assert release.added == {
        "Secret payouts-slack-webhook-url-secret",
        "SecretPolicy payouts-slack-webhook-url-policy",
    }
    assert release.removed == set()
    assert {name.split()[1].startswith("payouts-") for name in release.changed} == {True}
    # Its value is an operator's: the gate looks for it before the new revision runs.
    added = {"input.release", "input.secrets.SLACK_WEBHOOK_URL"}
    assert release.changed["Stash payouts-secrets-done"] == added


def test_a_supplied_value_is_one_of_ours_and_no_gate_waits_for_it() -> None:
    def supply(values: dict[str, Any]) -> None:
        source = {variable: {"source": "supplied"} for variable in REQUIRED_SECRETS[:2]}
        values["services"]["recon"]["secrets"] = source
        values["supplied"] |= {"recon": dict.fromkeys(source, "a value")}

    release = after_edit("staging", supply)
    assert release.removed == {"Stash recon-secrets-done"}
    assert release.added == {
        "SecretVersion recon-descope-management-key-version",
        "SecretVersion recon-descope-project-id-version",
    }
