from __future__ import annotations

import json
from typing import Any

import pulumi
import pytest

from tests.components.database.login_samples import KEY, login, login_args
from tests.engine.lint import unknown_properties
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN, Secret

VERSION = "aws:secretsmanager/secretVersion:SecretVersion"
SECRET_ARN = arn("secretsmanager", "secret:turnstay/staging/ledger/database/app_a-AbCdEf")


def recorded(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        made = login("app_a", **changes)
        pulumi.export("url", made.url_reference)
        pulumi.export("password", made.password_reference)
        pulumi.export("version", made.version_id)

    return record(program, preview=preview)


def value(recording: Recording) -> dict[str, Any]:
    document: dict[str, Any] = recording.one(VERSION, "ledger-app-a-version").json("secretString")
    return document


def test_the_password_is_random_long_and_safe_in_a_url() -> None:
    password = recorded().one("random:index/randomPassword:RandomPassword", "ledger-app-a-password")
    assert password.inputs == {"length": 40, "special": False, "keepers": {"epoch": "0"}}
    assert password.protect is False


def test_the_secret_is_encrypted_with_the_given_key_and_can_be_recovered() -> None:
    secret = recorded().one("aws:secretsmanager/secret:Secret", "ledger-app-a-secret")
    assert secret.inputs == {
        "name": "turnstay/staging/ledger/database/app_a",
        "description": "Login ledger_app_a of database ledger",
        "kmsKeyId": KEY,
        "recoveryWindowInDays": 30,
        "tags": {"service": "ledger"},
    }
    assert secret.protect is True


def test_an_unprotected_secret_is_gone_at_once_so_that_its_name_is_free_again() -> None:
    recording = recorded(protect=False)
    secret = recording.one("aws:secretsmanager/secret:Secret", "ledger-app-a-secret")
    assert secret.inputs["recoveryWindowInDays"] == 0
    assert secret.protect is False


def test_the_value_is_a_document_with_the_url_and_its_parts() -> None:
    password = "password-of-ledger-app-a-password-[('epoch', '0')]"
    quoted = "password-of-ledger-app-a-password-%5B%28%27epoch%27%2C%20%270%27%29%5D"
    host = "general.abc.eu-west-1.rds.amazonaws.com"
    assert value(recorded(ssl="verify-full")) == {
        "url": f"postgresql+asyncpg://ledger_app_a:{quoted}@{host}:5433/ledger?ssl=verify-full",
        "host": host,
        "port": 5433,
        "database": "ledger",
        "username": "ledger_app_a",
        "password": password,
    }


def test_references_name_the_secret_a_key_in_it_and_one_version() -> None:
    exports = recorded().exports
    assert exports["url"] == f"{SECRET_ARN}:url::{exports['version']}"
    assert exports["password"] == f"{SECRET_ARN}:password::{exports['version']}"


def test_another_epoch_is_another_password_and_another_version() -> None:
    before, after = recorded(), recorded(password_epoch=2)
    assert value(before)["password"] != value(after)["password"]
    assert before.exports["version"] != after.exports["version"]
    assert before.exports["url"] != after.exports["url"]


def test_the_same_epoch_is_the_same_version() -> None:
    assert recorded().exports == recorded().exports


@pytest.mark.parametrize("preview", [False, True])
def test_the_value_is_a_secret_wherever_it_goes(preview: bool) -> None:
    recording = recorded(preview=preview)
    text = recording.one(VERSION, "ledger-app-a-version").inputs["secretString"]
    assert isinstance(text, Secret)
    assert (text.value is UNKNOWN) is preview
    shown = json.dumps(
        [
            *(each.inputs for each in recording.registrations.values()),
            *recording.outputs.values(),
            recording.log,
        ],
        default=lambda each: "secret" if isinstance(each, Secret) else "unknown",
    )
    assert "password-of" not in shown
    assert "hash-of" not in shown


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password_epoch": -1}, "password_epoch is at least 0, got -1"),
        ({"secret_name": "a b"}, "secret_name is up to 512 letters"),
        ({"secret_name": "turnstay/ledger-secret"}, "does not end in a hyphen and six characters"),
        ({"ssl": "disable"}, "ssl is require or verify-full, got 'disable'"),
        ({"username": "a-b"}, "username is a lower-case letter"),
    ],
)
def test_what_cannot_work_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=r"^login ") as refused:
        login_args(**changes)
    assert message in str(refused.value)


def test_no_input_is_misspelt() -> None:
    assert [x for each in recorded().registrations.values() for x in unknown_properties(each)] == []
