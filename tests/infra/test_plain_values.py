"""No secret stands anywhere in plain."""

from __future__ import annotations

import re
from typing import Any

import pytest

from stacks.catalogue import SERVICES
from stacks.secret_names import looks_secret
from tests.engine.mutate import mutated
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording
from tests.engine.values import UNKNOWN, Secret
from tests.infra.slips import leaves

TASK = "aws:ecs/taskDefinition:TaskDefinition"
CATALOGUE_SECRETS = {
    "DATABASE_URL",
    *(name for each in SERVICES for name in (*each.secrets, *each.optional_secrets)),
}
# A password in an address, an AWS key, a private key, a signed token: whatever the name, such a value is a secret.
CREDENTIAL = re.compile(
    r"://[^/@\s]*:[^/@\s]+@|\b(AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN|\beyJ[\w-]{10,}\.[\w-]{10,}\."
    r"|hooks\.slack\.com/services/"
)


def plain_secrets(recording: Recording) -> list[str]:
    """Variables of containers that a secret's name announces, and values anywhere that are credentials."""
    found = [
        f"{task.name}: {each['name']}"
        for task in recording.all(TASK)
        # Of a gate's task a preview knows nothing before its server has an address.
        if task.inputs["containerDefinitions"] is not UNKNOWN
        for container in task.json("containerDefinitions")
        for each in container.get("environment", [])
        if each["name"] in CATALOGUE_SECRETS or looks_secret(each["name"])
    ]
    return found + [
        f"{each.name}: {path}"
        for each in recording.registrations.values()
        for path, value in leaves(_plain(each.inputs))
        if isinstance(value, str) and CREDENTIAL.search(value)
    ]


def _plain(inputs: Any) -> Any:
    """Inputs without those that the engine encrypts."""
    return {key: value for key, value in inputs.items() if not isinstance(value, Secret)}


@pytest.mark.parametrize("preview", [False, True], ids=["update", "preview"])
@pytest.mark.parametrize("stack", STACKS)
def test_no_secret_is_plain_in_a_variable_or_anywhere_else(stack: str, preview: bool) -> None:
    assert plain_secrets(platform(stack, preview=preview)) == []


@pytest.mark.parametrize(
    "variable",
    [
        {"name": "SECRET_KEY", "value": "x"},
        {"name": "DATABASE_URL", "value": "x"},
        {"name": "PARTNER_TOKEN", "value": "x"},
        {"name": "PARTNER", "value": "https://user:password@example.com"},
    ],
    ids=lambda each: str(each["name"]),
)
def test_a_plain_secret_is_found(variable: dict[str, str]) -> None:
    path = "containerDefinitions!.0.environment.0"
    found = plain_secrets(mutated(platform("staging"), TASK, "ledger-task", path, variable))
    assert found
    assert all(each.startswith("ledger-task: ") for each in found)
