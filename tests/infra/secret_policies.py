"""Who may read a secret's value: by the policy on it, and by the policies of the program's own roles."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Final

from tests.engine.documents import many
from tests.engine.outputs import OUTPUTS
from tests.engine.recording import Recording
from tests.engine.registration import Registration

LOGIN: Final = "turnstay:database:DatabaseLogin"
OWN: Final = "turnstay:secrets:ServiceSecret"
SECRET: Final = "aws:secretsmanager/secret:Secret"
DENYING: Final = "aws:secretsmanager/secretPolicy:SecretPolicy"
ALLOWING: Final = "aws:iam/rolePolicy:RolePolicy"
READING: Final = "secretsmanager:GetSecretValue"


def secrets(recording: Recording, kind: str) -> dict[str, str]:
    """The ARN of each secret of one kind of component, by the component's name."""
    return {
        each.name.removesuffix("-secret"): str(OUTPUTS[SECRET](each.name, each.inputs)["arn"])
        for each in recording.all(SECRET)
        if kind in each.urn
    }


def undenied(recording: Recording, kind: str) -> dict[str, list[set[str]]]:
    """By component, for each policy that its secret has: whom that does not deny the value."""
    policies = recording.all(DENYING)
    return {
        name: [_spared(each) for each in policies if each.inputs["secretArn"] == secret]
        for name, secret in secrets(recording, kind).items()
    }


def _spared(policy: Registration) -> set[str]:
    (statement,) = policy.json("policy")["Statement"]
    assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    assert statement["Action"] == READING
    return set(statement["Condition"]["ArnNotLike"]["aws:PrincipalArn"])


def allowed(recording: Recording, kind: str) -> dict[str, set[str]]:
    """By component: the roles of this program whose own policies let them read its secret."""
    found: dict[str, set[str]] = {name: set() for name in secrets(recording, kind)}
    for policy in recording.all(ALLOWING):
        for statement in policy.json("policy")["Statement"]:
            actions, resources = many(statement["Action"]), many(statement["Resource"])
            if not any(fnmatchcase(READING, each) for each in actions):
                continue
            for name, secret in secrets(recording, kind).items():
                if any(fnmatchcase(secret, each) for each in resources):
                    found[name].add(policy.inputs["role"])
    return found
