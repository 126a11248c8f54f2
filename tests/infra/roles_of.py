"""A role as IAM would judge it: its trust, its policies, its boundary, read from a recorded program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tests.engine.platform import platform
from tests.engine.recording import Recording
from tests.engine.registration import Registration
from tests.policies.evaluate import Request, allowed

ROLE: Final = "aws:iam/role:Role"
INLINE: Final = "aws:iam/rolePolicy:RolePolicy"
MANAGED: Final = "aws:iam/policy:Policy"
ATTACHMENT: Final = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One role."""

    name: str
    trust: dict[str, Any]
    policies: list[dict[str, Any]]
    boundary: dict[str, Any] | None

    def may(self, action: str, resource: str = "*", **context: str) -> bool:
        """Whether its policies and its boundary allow it; `__` in a key of the context stands for a colon."""
        keys = {key.replace("__", ":"): value for key, value in context.items()}
        request = Request(action=action, resource=resource, context={**IN_REGION, **keys})
        return allowed(self.policies, request, boundary=self.boundary)


IN_REGION: Final = {"aws:RequestedRegion": "eu-west-1"}


def judged(recording: Recording, role: str) -> Judged:
    """The role of that logical or physical name."""
    roles = recording.all(ROLE)
    found = next(each for each in roles if role in (each.name, each.inputs.get("name")))
    named = found.inputs.get("name", found.name)
    managed = {_arn_end(each): each.json("policy") for each in recording.all(MANAGED)}
    attached = [
        managed[each.inputs["policyArn"].rpartition("/")[2]]
        for each in recording.all(ATTACHMENT)
        if each.inputs["role"] == named
    ]
    inline = [each.json("policy") for each in recording.all(INLINE) if each.inputs["role"] == named]
    boundary = found.inputs.get("permissionsBoundary")
    return Judged(
        name=named,
        trust=found.json("assumeRolePolicy"),
        policies=[*inline, *attached],
        boundary=None if boundary is None else managed[boundary.rpartition("/")[2]],
    )


def role(stack: str, name: str) -> Judged:
    """A role of a committed stack."""
    return judged(platform(stack), name)


def _arn_end(policy: Registration) -> str:
    return str(policy.inputs["name"])
