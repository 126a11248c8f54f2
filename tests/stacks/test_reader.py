"""What the program reads from Pulumi is what the file says."""

from __future__ import annotations

import asyncio
import contextvars
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.runtime import Settings, configure, set_all_config

from stacks.errors import SettingsError
from stacks.files import check_stack_file, load_stack_values
from stacks.reader import read, supplied_value
from stacks.settings import StackSettings
from tests.stacks.example import EXAMPLE

ROOT = Path(__file__).resolve().parents[2]


def as_engine(values: dict[str, Any]) -> dict[str, str]:
    """The values as the engine hands them over: text as it is, nothing as "", and the rest as JSON."""
    return {
        f"turnstay:{key}": (
            value if isinstance(value, str) else "" if value is None else json.dumps(value)
        )
        for key, value in values.items()
    }


def reading(
    config: dict[str, str], stack: str = "demo", secret_keys: tuple[str, ...] = ()
) -> StackSettings:
    """`read()` in a program of that stack, without leaving anything behind."""

    def program() -> StackSettings:
        configure(Settings(project="turnstay", stack=stack))
        set_all_config(config, list(secret_keys))
        return read()

    return contextvars.Context().run(program)


@pytest.fixture
def values(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "Pulumi.demo.yaml"
    path.write_text(EXAMPLE)
    return load_stack_values(path)


@pytest.mark.parametrize("stack", ["prod", "staging"])
def test_the_program_and_the_check_of_the_file_see_the_same(stack: str) -> None:
    path = ROOT / f"Pulumi.{stack}.yaml"
    assert reading(as_engine(load_stack_values(path)), stack) == check_stack_file(path, stack)


def test_a_program_without_configuration_is_told_all_that_is_missing() -> None:
    with pytest.raises(SettingsError) as error:
        reading({})
    heading, *lines = str(error.value).splitlines()
    assert heading == "Pulumi.demo.yaml: 10 mistakes"
    assert [line.split(":")[0].strip() for line in lines] == [
        key
        for key, field in StackSettings.model_fields.items()
        if field.is_required() and key != "stack"
    ]
    assert all("is missing" in line for line in lines)


def _wrong_cpu(values: dict[str, Any]) -> None:
    values["services"]["ledger"]["cpu"] = "1024"


def _no_section(values: dict[str, Any]) -> None:
    values["network"] = None


def _text_section(values: dict[str, Any]) -> None:
    values["edge"] = "pay.example.com"


def _null(values: dict[str, Any]) -> None:
    values["network"]["cidr"] = None


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_wrong_cpu, 'services.ledger.cpu: "1024" is text; write the number without quotes'),
        (_no_section, "network: is empty; give it a value or remove the key"),
        (_text_section, 'edge: "pay.example.com" is not a mapping (`key: value` lines)'),
        (_null, "network.cidr: is empty; give it a value or remove the key"),
    ],
)
def test_a_mistake_has_the_same_words_as_in_the_file(
    values: dict[str, Any], spoil: Callable[[dict[str, Any]], None], message: str
) -> None:
    spoil(values)
    with pytest.raises(SettingsError) as error:
        reading(as_engine(values))
    assert error.value.problems == (message,)


def test_a_secret_that_pulumi_decrypted_is_not_shown(values: dict[str, Any]) -> None:
    values["services"]["ledger"]["cpu"] = "hunter2"
    with pytest.raises(SettingsError) as error:
        reading(as_engine(values), secret_keys=("turnstay:services",))
    assert error.value.problems == (
        "services: is encrypted, and no setting is; a secret is declared in stacks/catalogue.py",
    )


def test_a_configuration_may_be_handed_over(values: dict[str, Any]) -> None:
    def program() -> StackSettings:
        configure(Settings(project="other", stack="demo"))
        set_all_config(as_engine(values))
        return read(pulumi.Config("turnstay"))

    assert contextvars.Context().run(program).stack == "demo"


SUPPLIED = {"ledger": {"SECRET_KEY": "hunter2"}}


def supplying(values: dict[str, Any], supplied: object = SUPPLIED) -> dict[str, str]:
    values["services"]["ledger"]["secrets"] = {"SECRET_KEY": {"source": "supplied"}}
    values["supplied"] = supplied
    return as_engine(values)


def test_settings_know_of_a_supplied_value_but_not_the_value(values: dict[str, Any]) -> None:
    settings = reading(supplying(values), secret_keys=("turnstay:supplied",))
    assert settings.model_dump()["supplied"] == {"ledger": ["SECRET_KEY"]}
    assert "hunter2" not in f"{settings!r} {settings.model_dump()}"


def test_a_supplied_value_is_a_secret_of_the_engine(values: dict[str, Any]) -> None:
    async def program() -> tuple[object, bool]:
        configure(Settings(project="turnstay", stack="demo"))
        set_all_config(supplying(values), ["turnstay:supplied"])
        value = supplied_value("ledger", "SECRET_KEY")
        return await value.future(), await value.is_secret()

    found = contextvars.Context().run(asyncio.run, program())
    assert found == ("hunter2", True)


@pytest.mark.parametrize(
    ("supplied", "message"),
    [
        ({"ledger": {"SECRET_KEY": ""}}, "supplied.ledger.SECRET_KEY: is empty;"),
        ({"ledger": "hunter2"}, "supplied.ledger: is encrypted, and stands elsewhere:"),
        ("hunter2", "supplied: is encrypted, and stands elsewhere:"),
        (["hunter2"], "supplied: is encrypted, and stands elsewhere:"),
    ],
    ids=str,
)
def test_a_mistake_in_supplied_values_is_told_without_them(
    values: dict[str, Any], supplied: object, message: str
) -> None:
    with pytest.raises(SettingsError) as error:
        reading(supplying(values, supplied), secret_keys=("turnstay:supplied",))
    assert len(error.value.problems) == 1
    assert error.value.problems[0].startswith(message)
    assert "hunter2" not in str(error.value)


def test_a_supplied_value_that_was_not_encrypted_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY: the value is in clear text") as error:
        reading(supplying(values))
    assert "hunter2" not in str(error.value)
