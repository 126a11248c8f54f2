"""The roles that GitHub takes, and the statements behind them, as a recorded program has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.engine.recording import Recording
from tests.engine.registration import Registration

ROLE: Final = "aws:iam/role:Role"
INLINE: Final = "aws:iam/rolePolicy:RolePolicy"
MANAGED: Final = "aws:iam/policy:Policy"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


def github_trusts(recording: Recording) -> Iterator[tuple[Registration, dict[str, Any]]]:
    for role in recording.all(ROLE):
        for statement in statements(role, "assumeRolePolicy"):
            if "WebIdentity" in str(statement.get("Action")):
                yield role, statement


def policies(recording: Recording, role: Registration) -> list[dict[str, Any]]:
    """The statements of a role's own policies and of those attached to it."""
    name = role.inputs.get("name", role.name)
    attached = {
        each.inputs["policyArn"].rpartition("/")[2]
        for each in recording.all(ATTACHMENT)
        if each.inputs["role"] == name
    }
    found = [each for each in recording.all(INLINE) if each.inputs["role"] == name]
    found += [each for each in recording.all(MANAGED) if each.inputs["name"] in attached]
    return [statement for each in found for statement in statements(each, "policy")]


def principals(statement: dict[str, Any]) -> tuple[str, ...]:
    principal = statement.get("Principal", "*")
    named = principal.values() if isinstance(principal, dict) else [principal]
    return tuple(each for values in named for each in many(values))


def statements(resource: Registration, key: str) -> list[dict[str, Any]]:
    found = resource.json(key)["Statement"]
    return found if isinstance(found, list) else [found]


def many(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (str(value),)
