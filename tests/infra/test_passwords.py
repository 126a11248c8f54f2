"""A password goes encrypted from where it is made into its secret, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stacks.catalogue import SERVICES
from tests.controls.secrets import PASSWORD, VERSION, values_are_secret_wherever_they_go
from tests.engine.mutate import mutated, with_options
from tests.engine.outputs import OUTPUTS
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.engine.values import UNKNOWN, Secret

TASK = "aws:ecs/taskDefinition:TaskDefinition"
GATE = "pulumi:index:Stash"


def unhidden(recording: Recording) -> list[str]:
    """Inputs that are made of a password, and that the engine was not told to encrypt: a preview shows them as well."""
    passwords = {each.urn for each in recording.all(PASSWORD)}
    return [
        f"{each.name}: {key}"
        for each in recording.registrations.values()
        for key, urns in each.property_dependencies.items()
        if passwords & set(urns) and not isinstance(each.inputs.get(key), Secret)
    ]


def carriers(recording: Recording) -> set[str]:
    """The types of what has an input that is made of a password."""
    passwords = {each.urn for each in recording.all(PASSWORD)}
    return {
        each.type
        for each in recording.registrations.values()
        if passwords & {urn for urns in each.property_dependencies.values() for urn in urns}
    }


@pytest.mark.parametrize("preview", [False, True], ids=["update", "preview"])
@pytest.mark.parametrize("stack", STACKS)
def test_what_is_made_of_a_password_goes_encrypted_into_a_secret_and_nowhere_else(
    stack: str, preview: bool
) -> None:
    recording = platform(stack, preview=preview)
    assert unhidden(recording) == []
    assert carriers(recording) == {VERSION}


@pytest.mark.parametrize("stack", STACKS)
def test_no_password_stands_in_plain_in_an_input_an_output_or_the_log(stack: str) -> None:
    recording = platform(stack)
    # Three logins of each database, and each service's SECRET_KEY.
    databases = [each for each in SERVICES if each.database]
    assert len(recording.all(PASSWORD)) == 3 * len(databases) + len(SERVICES)
    assert values_are_secret_wherever_they_go(recording) == []


@pytest.mark.parametrize("preview", [False, True], ids=["update", "preview"])
def test_a_document_that_is_not_encrypted_is_found(preview: bool) -> None:
    name, recording = "ledger-app-a-version", platform("staging", preview=preview)
    worse = mutated(recording, VERSION, name, "secretString", UNKNOWN)
    assert unhidden(worse) == [f"{name}: secretString"]


@pytest.mark.parametrize("preview", [False, True], ids=["update", "preview"])
def test_a_gate_that_holds_a_password_is_found(preview: bool) -> None:
    name, recording = "ledger-roles-done", platform("staging", preview=preview)
    password = recording.one(PASSWORD, "ledger-app-a-password").urn
    worse = with_options(recording, GATE, name, property_dependencies={"input": (password,)})
    assert unhidden(worse) == [f"{name}: input"]
    assert carriers(worse) == {VERSION, GATE}


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        (TASK, "ledger-task", "containerDefinitions!.0.environment.0.value"),
        (TASK, "ledger-roles-task", "containerDefinitions!.0.command.4"),
        (GATE, "ledger-roles-done", "input.task.cluster"),
    ],
    ids=["variable", "command", "gate"],
)
def test_a_password_in_plain_is_found(kind: str, name: str, path: str) -> None:
    own = platform("staging").one(PASSWORD, "ledger-app-a-password")
    value = OUTPUTS[PASSWORD](own.name, own.inputs)["result"]
    worse = mutated(platform("staging"), kind, name, path, f"PASSWORD={value}")
    (found,) = values_are_secret_wherever_they_go(worse)
    assert name in found


def test_a_password_in_an_export_is_found() -> None:
    sound = platform("staging")
    own = sound.one(PASSWORD, "ledger-app-a-password")
    value = OUTPUTS[PASSWORD](own.name, own.inputs)["result"]
    stack = next(urn for urn, each in sound.outputs.items() if each is sound.exports)
    worse = replace(sound, outputs={**sound.outputs, stack: {"databases": {"ledger": value}}})
    (found,) = values_are_secret_wherever_they_go(worse)
    assert found.startswith("outputs of ")
