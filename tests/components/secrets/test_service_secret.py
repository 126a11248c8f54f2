from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.secrets.service_secret import ServiceSecret, ServiceSecretArgs
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record
from tests.engine.values import Secret

SECRET = "aws:secretsmanager/secret:Secret"
VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
PASSWORD = "random:index/randomPassword:RandomPassword"
KEY = arn("kms", "key/general-secrets")
NAME = "turnstay/staging/ledger/secret-key"
SECRET_ARN = arn("secretsmanager", f"secret:{NAME}-AbCdEf")
EXTERNAL: dict[str, Any] = {"source": "external"}
SUPPLIED: dict[str, Any] = {"source": "supplied", "value": "hunter2"}


def secret_args(**changes: Any) -> ServiceSecretArgs:
    values: dict[str, Any] = {
        "secret_name": NAME,
        "description": "SECRET_KEY of ledger",
        "source": "generated",
        "key_arn": KEY,
        "protect": True,
        "tags": {"service": "ledger"},
    }
    return ServiceSecretArgs(**{**values, **changes})


def recorded(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        made = ServiceSecret("ledger-secret-key", secret_args(**changes))
        pulumi.export("arn", made.secret_arn)
        pulumi.export("reference", made.reference)
        pulumi.export("version", made.version_id)

    return record(program, preview=preview)


@pytest.mark.parametrize(
    "source", [{}, SUPPLIED, EXTERNAL], ids=["generated", "supplied", "external"]
)
def test_the_secret_is_the_same_whatever_its_value_comes_from(source: dict[str, Any]) -> None:
    recording = recorded(**source)
    secret = recording.one(SECRET, "ledger-secret-key-secret")
    assert secret.inputs == {
        "name": NAME,
        "description": "SECRET_KEY of ledger",
        "kmsKeyId": KEY,
        "recoveryWindowInDays": 30,
        "tags": {"service": "ledger"},
    }
    assert secret.protect is True
    assert recording.exports["arn"] == SECRET_ARN
    assert [unknown_properties(each) for each in recording.all(VERSION)] in ([], [[]])


def test_a_secret_that_is_not_protected_goes_at_once_so_that_its_name_is_free_again() -> None:
    secret = recorded(protect=False).one(SECRET, "ledger-secret-key-secret")
    assert (secret.inputs["recoveryWindowInDays"], secret.protect) == (0, False)


def test_a_generated_value_is_long_random_and_changed_by_a_number() -> None:
    recording = recorded(rotate=3)
    made = recording.one(PASSWORD, "ledger-secret-key-value")
    assert made.inputs == {"length": 64, "special": False, "keepers": {"epoch": "3"}}
    version = recording.one(VERSION, "ledger-secret-key-version")
    assert version.inputs["secretString"] == Secret(
        "password-of-ledger-secret-key-value-[('epoch', '3')]"
    )
    assert version.inputs["secretId"] == "ledger-secret-key-secret-id"


def test_a_supplied_value_is_secret_even_if_it_was_handed_over_in_plain() -> None:
    recording = recorded(**SUPPLIED)
    version = recording.one(VERSION, "ledger-secret-key-version")
    assert version.inputs["secretString"] == Secret("hunter2")
    assert recording.all(PASSWORD) == []
    assert "hunter2" not in repr(secret_args(**SUPPLIED))


def test_an_operators_value_is_nothing_of_ours_and_followed() -> None:
    recording = recorded(**EXTERNAL)
    assert recording.all(VERSION) == recording.all(PASSWORD) == []
    assert recording.exports["reference"] == SECRET_ARN
    assert recording.exports.get("version") is None


@pytest.mark.parametrize("source", [{}, SUPPLIED], ids=["generated", "supplied"])
def test_a_value_of_ours_is_named_by_its_version(source: dict[str, Any]) -> None:
    recording = recorded(**source)
    version = recording.exports["version"]
    assert recording.exports["reference"] == f"{SECRET_ARN}:::{version}"


@pytest.mark.parametrize(
    ("first", "second"),
    [({"rotate": 0}, {"rotate": 1}), (SUPPLIED, {**SUPPLIED, "value": "hunter3"})],
    ids=["generated", "supplied"],
)
def test_a_new_value_is_another_reference(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert recorded(**first).exports["reference"] != recorded(**second).exports["reference"]
    assert recorded(**first).exports["arn"] == recorded(**second).exports["arn"]


def test_a_preview_knows_what_it_cannot_know_yet() -> None:
    assert recorded(preview=True).one(SECRET, "ledger-secret-key-secret").inputs["name"] == NAME


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"secret_name": "a secret"}, "secret_name is up to 512 letters, digits and any of"),
        ({"secret_name": ""}, "secret_name is up to 512"),
        ({"source": "made up"}, "source is one of generated, supplied, external, got 'made up'"),
        ({"value": "hunter2"}, "a value belongs to a supplied secret, and this one is generated"),
        ({**EXTERNAL, "value": "hunter2"}, "a value belongs to a supplied secret"),
        ({"source": "supplied"}, "a supplied secret has a value, got none"),
        ({"rotate": -1}, "rotate is at least 0, got -1"),
        ({**EXTERNAL, "rotate": 1}, "rotate is for generated secrets, and this one is external"),
        ({**SUPPLIED, "rotate": 1}, "rotate is for generated secrets, and this one is supplied"),
    ],
    ids=str,
)
def test_a_wrong_input_is_refused_without_the_value(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=r"^secret ") as error:
        secret_args(**changes)
    assert problem in str(error.value)
    assert "hunter2" not in str(error.value)


def test_all_wrong_inputs_are_told_at_once() -> None:
    with pytest.raises(ValueError, match=r"source is .*; rotate is at least 0"):
        secret_args(source="x", rotate=-1)
