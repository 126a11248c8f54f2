"""The one place that reads the stack's configuration from Pulumi."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pulumi
from pulumi.runtime import is_config_secret

from stacks.catalogue import CATALOGUE, Service
from stacks.claims import contested
from stacks.errors import SettingsError
from stacks.settings import StackSettings
from stacks.validation import KEYS, examine
from stacks.wording import Unusable

_SUPPLIED: Final = "supplied"


def read(
    config: pulumi.Config | None = None,
    catalogue: Mapping[str, Service] = CATALOGUE,
    root: Path | None = None,
) -> StackSettings:
    """The settings of the stack that is being run; a SettingsError has every mistake in them.

    The rules are those of `stacks.files`, which besides finds keys that nobody reads. `root` is the folder of all stack
    files, for what one stack alone may claim.
    """
    config = config or pulumi.Config()
    stack = pulumi.get_stack()
    values = {key: _value(config, key) for key in KEYS if config.get(key) is not None}
    settings, problems = examine(values, stack=stack, catalogue=catalogue)
    problems += [] if root is None else contested(values, stack, root)
    if settings is None or problems:
        raise SettingsError(f"Pulumi.{stack}.yaml", problems)
    return settings


def supplied_value(
    service: str, variable: str, config: pulumi.Config | None = None
) -> pulumi.Output[str]:
    """The value of a supplied secret, which the engine keeps encrypted wherever it goes; settings have only its name."""
    values: pulumi.Output[Any] = (config or pulumi.Config()).require_secret_object(_SUPPLIED)

    def one(given: Mapping[str, Mapping[str, object]]) -> str:
        return str(given[service][variable])

    return values.apply(one)


def _value(config: pulumi.Config, key: str) -> object:
    """What the file says: Pulumi hands over text as it is, and everything else as JSON."""
    text = config.get(key)
    if is_config_secret(config.full_key(key)):
        # One encrypted value in it makes the whole key decrypted text, which no message may show.
        return _marked(text) if key == _SUPPLIED else Unusable.SECURE
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return text


def _marked(text: str | None) -> object:
    """Which variables have a value. Pulumi does not say which of them were encrypted; the check of the file does."""
    try:
        services = json.loads(text or "")
    except ValueError:
        return Unusable.SECURE
    if not isinstance(services, dict):
        return Unusable.SECURE
    return {
        service: (
            {name: Unusable.SECURE if value else None for name, value in variables.items()}
            if isinstance(variables, dict)
            else Unusable.SECURE
        )
        for service, variables in services.items()
    }
