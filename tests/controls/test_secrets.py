"""Controls on secrets hold, and each is seen to fail on a program that was made worse."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.controls import secrets as controls
from tests.controls.gates_sample import gates
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    becomes,
    controls_of,
    each_of,
    protecting,
    setting,
)
from tests.controls.secrets import PASSWORD, SECRET, VERSION
from tests.controls.tables import table
from tests.engine.mutate import DELETE
from tests.engine.outputs import OUTPUTS
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording


def _secret(path: str, value: Any = DELETE) -> Change:
    return setting(SECRET, "ledger-app-a-secret", path, value)


def _password(path: str, value: Any = DELETE) -> Change:
    return setting(PASSWORD, "ledger-app-a-password", path, value)


def _result() -> str:
    password = gates().one(PASSWORD, "ledger-app-a-password")
    return str(OUTPUTS[PASSWORD](password.name, password.inputs)["result"])


def _url() -> str:
    return str(gates().one(VERSION, "ledger-app-a-version").json("secretString")["url"])


def _plain_version(recording: Recording) -> Recording:
    text = recording.one(VERSION, "ledger-app-a-version").inputs["secretString"].value
    change = setting(VERSION, "ledger-app-a-version", "secretString", text)
    return change(recording)


def _shown(text: Callable[[], str]) -> Change:
    def change(recording: Recording) -> Recording:
        deep = {"deep": [f"before {text()} after"]}
        return adding("aws:ssm/parameter:Parameter", value=deep)(recording)

    return change


def _logged(recording: Recording) -> Recording:
    return replace(recording, log=[f"password {_result()}"])


def _exported(recording: Recording) -> Recording:
    return replace(recording, outputs={**recording.outputs, "urn:x": {"url": _url()}})


MUTATIONS = [
    *table(
        controls.secrets_are_encrypted_with_a_key_of_ours,
        "ledger-app-a-secret: key ",
        *(
            (f"the key {becomes(value)}", _secret("kmsKeyId", value))
            for value in ("alias/aws/secretsmanager", "", DELETE)
        ),
    ),
    *table(
        controls.secrets_that_were_deleted_can_be_saved,
        "ledger-app-a-secret: gone after",
        ("at once", _secret("recoveryWindowInDays", 0)),
        ("six days", _secret("recoveryWindowInDays", 6)),
    ),
    *table(
        controls.secrets_are_protected,
        "ledger-app-a-secret: not protected",
        ("no protection", protecting(SECRET, "ledger-app-a-secret", protect=False)),
    ),
    *table(
        controls.passwords_are_long_and_random,
        "ledger-app-a-password: ",
        ("short", _password("length", 31)),
        ("characters with a meaning in URLs", _password("special", value=True)),
        ("by default", _password("special")),
        ("no way to change it", _password("keepers")),
        ("a number of nothing", _password("keepers", {"x": "1"})),
    ),
    *table(
        controls.values_are_secret_wherever_they_go,
        "ledger-app-a-version: its value is plain",
        ("a plain document", _plain_version),
    ),
    *table(
        controls.values_are_secret_wherever_they_go,
        ": shows a value",
        ("the password in an input", _shown(_result)),
        ("the URL in an input", _shown(_url)),
        ("the document", _plain_version),
        ("an export", _exported),
        ("the log", _logged),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_secret_is_found(mutation: Mutation) -> None:
    assert mutation.missed(gates()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize(
    "control", sorted(controls_of(controls) - {controls.secrets_are_protected.__name__})
)
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []


def test_production_protects_its_secrets() -> None:
    assert controls.secrets_are_protected(platform("prod")) == []
