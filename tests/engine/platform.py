"""The whole program of a real stack file, recorded once for all tests of a process."""

from __future__ import annotations

import json
import runpy
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from stacks.catalogue import CATALOGUE
from stacks.errors import SettingsError
from stacks.files import load_stack_values
from stacks.settings import StackSettings
from stacks.validation import examine
from stacks.wording import Unusable
from tests.engine.recording import PROJECT, ROOT, Recording, record

STACKS: Final = ("staging", "prod")
DECRYPTED: Final = "what-was-encrypted"
DIGEST: Final = f"sha256:{'ab' * 32}"


def stack_values(stack: str, *, images: bool = True, delivery: bool = True) -> dict[str, Any]:
    """The values of a committed stack file.

    With an image for every service, as after the first release; with Honeybadger's key, which nobody can commit unencrypted.
    """
    values: dict[str, Any] = dict(load_stack_values(ROOT / f"Pulumi.{stack}.yaml"))
    if images:
        account = values["account"]
        host = f"{account['id']}.dkr.ecr.{account['region']}.amazonaws.com"
        for name, service in values["services"].items():
            repository = f"turnstay-{stack}/{name.replace('_', '-')}"
            service.setdefault("image", f"{host}/{repository}@{DIGEST}")
    if delivery:
        supplied = dict(values.get("supplied") or {})
        values["supplied"] = {**supplied, "platform": {"HONEYBADGER_API_KEY": Unusable.SECURE}}
        values["alert_delivery"] = {"slack_check_in": "AbC1", "honeybadger_check_in": "AbC2"}
    return values


def settings_of(stack: str) -> StackSettings:
    """The settings of a committed stack file, with an image for every service."""
    settings, problems = examine(stack_values(stack), stack=stack, catalogue=CATALOGUE)
    if settings is None:
        raise SettingsError(f"Pulumi.{stack}.yaml", problems)
    return settings


def config_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The same values as the engine hands them to a program: text, and JSON for all that is no text."""
    return {
        f"{PROJECT}:{key}": (
            value
            if isinstance(value, str)
            else json.dumps(value, sort_keys=True, separators=(",", ":"), default=_decrypted)
        )
        for key, value in values.items()
    }


def _decrypted(value: object) -> str:
    if value is not Unusable.SECURE:
        raise TypeError(f"{value!r} is no value of a stack file")
    return DECRYPTED


def run_program(
    values: Mapping[str, Any], *, stack: str = "staging", preview: bool = False
) -> Recording:
    """The program as the engine starts it, with these values; those of `supplied` were encrypted in the file."""
    config = config_of(values)
    encrypted = tuple(key for key in config if key == f"{PROJECT}:supplied")
    return record(_entry, stack=stack, preview=preview, config=config, secret_keys=encrypted)


def platform(stack: str, *, preview: bool = False, images: bool = True) -> Recording:
    """The recording of a committed stack file. Shared: never change it in place."""
    return _platform(stack, preview, images)


def forget_platforms() -> None:
    """Record anew what is asked for from now on."""
    _platform.cache_clear()


@cache  # by all of its arguments: what is left out would be another call than what is given as it is by itself
def _platform(stack: str, preview: bool, images: bool) -> Recording:
    return run_program(stack_values(stack, images=images), stack=stack, preview=preview)


def _entry() -> None:
    runpy.run_path(str(ROOT / "infra"), run_name="__main__")
