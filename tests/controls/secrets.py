"""Controls on secrets: each function gives its findings over a recorded program, and none is good.

SecretsManager.1, .2 and .4 want rotation by a schedule. A login's password changes by a number in the settings
instead, from one of two logins to the other, so that no task is ever left with a password that no longer holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.values import Secret

SECRET: Final = "aws:secretsmanager/secret:Secret"
VERSION: Final = "aws:secretsmanager/secretVersion:SecretVersion"
PASSWORD: Final = "random:index/randomPassword:RandomPassword"


def secrets_are_encrypted_with_a_key_of_ours(recording: Recording) -> list[str]:
    """Whoever may use AWS's own key may read them, and that is everybody in the account."""
    return [
        f"{secret.name}: key {secret.inputs.get('kmsKeyId')}"
        for secret in recording.all(SECRET)
        if ":key/" not in str(secret.inputs.get("kmsKeyId"))
    ]


def secrets_that_were_deleted_can_be_saved(recording: Recording) -> list[str]:
    """For a week at least; those of a stack that may be taken down go with it, or it could not be built anew."""
    return [
        f"{secret.name}: gone after {secret.inputs.get('recoveryWindowInDays', 30)} days"
        for secret in recording.all(SECRET)
        if secret.protect and secret.inputs.get("recoveryWindowInDays", 30) < 7
    ]


def secrets_are_protected(recording: Recording) -> list[str]:
    """For stacks whose settings ask for protection."""
    return [f"{each.name}: not protected" for each in recording.all(SECRET) if not each.protect]


def passwords_are_long_and_random(recording: Recording) -> list[str]:
    """Letters and digits alone, for they go into URLs, and with a number that changes them."""
    return [
        f"{each.name}: {each.inputs}"
        for each in recording.all(PASSWORD)
        if each.inputs["length"] < 32
        or each.inputs.get("special") is not False
        or not each.inputs.get("keepers", {}).get("epoch")
    ]


def values_are_secret_wherever_they_go(recording: Recording) -> list[str]:
    """Neither password nor URL stands in plain in an input, an output or a line of the log."""
    findings = [
        f"{each.name}: its value is plain"
        for each in recording.all(VERSION)
        if not isinstance(each.inputs.get("secretString"), Secret)
    ]
    values = set(_values(recording))
    places: dict[str, Any] = {urn: each.inputs for urn, each in recording.registrations.items()}
    places |= {f"outputs of {urn}": each for urn, each in recording.outputs.items()}
    for place, held in [*places.items(), ("log", recording.log)]:
        text = "\n".join(_plain(held))
        findings += [f"{place}: shows a value" for each in values if each in text]
    return findings


def _values(recording: Recording) -> Iterator[str]:
    for each in recording.all(PASSWORD):
        yield str(OUTPUTS[PASSWORD](each.name, each.inputs)["result"])
    for each in recording.all(VERSION):
        # A login's is a document, whose other words are no secrets; a service's is the value itself.
        text = each.inputs["secretString"]
        yield from _parts(text.value if isinstance(text, Secret) else text)


def _parts(text: str) -> tuple[str, ...]:
    try:
        document = json.loads(text)
    except ValueError:
        return (text,)
    return (document["url"], document["password"]) if isinstance(document, dict) else (text,)


def _plain(value: Any) -> Iterator[str]:
    """Every text in a value that is not inside a secret."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from (str(key), *_plain(each))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _plain(each)
