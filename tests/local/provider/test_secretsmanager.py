"""What is particular to secrets: versions that take over from each other, and values that nobody sees."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from local.provider.values import UNKNOWN
from tests.local.provider.case import fresh
from tests.local.provider.driver import Driver, RefusedError, Resource

SECRET = "aws:secretsmanager/secret:Secret"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
POLICY = "aws:secretsmanager/secretPolicy:SecretPolicy"
FIRST, SECOND, THIRD = "value-one", "value-two", "value-three"


@pytest.fixture
def secret(driver: Driver) -> Resource:
    return driver.create(
        SECRET, "login", {"name": fresh("turnstay-test/particular-#"), "recoveryWindowInDays": 7}
    )


def version(driver: Driver, secret: Resource, value: str) -> Resource:
    return driver.create(VERSION, "version", {"secretId": secret.id, "secretString": value})


def test_a_new_value_takes_over_and_the_one_before_it_stays(
    driver: Driver, secret: Resource, aws: Callable[[str], Any]
) -> None:
    def value(stage: str) -> str:
        found = aws("secretsmanager").get_secret_value(SecretId=secret.id, VersionStage=stage)
        return str(found["SecretString"])

    first = version(driver, secret, FIRST)
    # As the engine replaces: the new one comes before the old one goes.
    second = version(driver, secret, SECOND)
    driver.delete(first)
    assert (value("AWSCURRENT"), value("AWSPREVIOUS")) == (SECOND, FIRST)
    assert first.outputs["versionId"] != second.outputs["versionId"]
    third = version(driver, secret, THIRD)
    driver.delete(second)
    assert (value("AWSCURRENT"), value("AWSPREVIOUS")) == (THIRD, SECOND)
    assert driver.refresh(first) is None
    assert third.outputs["versionStages"] == ["AWSCURRENT"]


def test_a_version_that_was_recorded_as_the_one_before_loses_that_stage(
    driver: Driver, secret: Resource
) -> None:
    first = version(driver, secret, FIRST)
    version(driver, secret, SECOND)
    found = driver.refresh(first)
    assert found is not None
    assert found.outputs["versionStages"] == ["AWSPREVIOUS"]
    driver.delete(found)
    assert driver.refresh(found) is None


def test_a_value_from_elsewhere_is_drift_of_the_stage_and_not_of_the_value(
    driver: Driver, secret: Resource, aws: Callable[[str], Any]
) -> None:
    mine = version(driver, secret, FIRST)
    aws("secretsmanager").put_secret_value(SecretId=secret.id, SecretString=SECOND)
    found = driver.refresh(mine)
    assert found is not None
    assert found.inputs == mine.inputs
    assert found.outputs == {**mine.outputs, "versionStages": ["AWSPREVIOUS"]}


def test_a_value_in_a_preview_is_what_it_will_be_or_unknown(
    driver: Driver, secret: Resource
) -> None:
    planned = driver.preview(VERSION, "planned", {"secretId": UNKNOWN, "secretString": UNKNOWN})
    assert planned["secretString"] == UNKNOWN
    assert planned["versionId"] == UNKNOWN
    made = version(driver, secret, FIRST)
    change = driver.diff(made, {"secretId": secret.id, "secretString": UNKNOWN})
    assert change.replacing == ["secretString"]


def test_no_error_and_no_log_has_a_value(
    driver: Driver, secret: Resource, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    caplog.set_level(logging.INFO)
    made = version(driver, secret, FIRST)
    assert made.outputs["secretString"] == FIRST
    refusals = []
    for inputs in (
        {"secretId": "arn:aws:secretsmanager:::missing", "secretString": SECOND},
        {"secretId": secret.id, "secretString": SECOND, "secretBinary": SECOND},
        {"secretId": secret.id, "secretString": [SECOND]},
    ):
        with pytest.raises(RefusedError) as refused:
            driver.create(VERSION, "version", inputs)
        refusals.append(str(refused.value))
    shown = "\n".join([*refusals, caplog.text, *capfd.readouterr()])
    assert "takes no secretBinary in the local account" in shown
    assert FIRST not in shown
    assert SECOND not in shown


def test_a_name_is_taken_until_the_recovery_window_is_over(
    driver: Driver, secret: Resource, aws: Callable[[str], Any]
) -> None:
    driver.delete(secret)
    found = aws("secretsmanager").describe_secret(SecretId=secret.id)
    assert (found["DeletedDate"].date() - found["LastChangedDate"].date()).days in {7, 8}
    assert driver.refresh(secret) is None
    with pytest.raises(RefusedError, match="with this name is already scheduled for deletion"):
        driver.create(SECRET, "login", {"name": secret.outputs["name"]})


def test_what_hangs_on_a_secret_that_waits_for_its_deletion_is_gone(
    driver: Driver, secret: Resource
) -> None:
    value = version(driver, secret, FIRST)
    policy = driver.create(
        POLICY, "policy", {"secretArn": secret.id, "policy": json.dumps({"Statement": []})}
    )
    driver.delete(secret)
    assert driver.refresh(policy) is None
    assert driver.refresh(value) is None
    driver.delete(policy)
    driver.delete(value)
