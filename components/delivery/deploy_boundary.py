"""How far the pipeline can ever go, whatever its own policies say: a boundary grants nothing, it cuts.

It leaves the services of this program, and takes away what would widen the pipeline's rights: any role but those that the
program makes, a role of the program without the workload boundary, users and keys, both boundaries, the trust in GitHub,
and the past states of the stack.
"""

from __future__ import annotations

from typing import Final

from components.delivery.rights.table import RIGHTS
from components.delivery.statements import (
    MANAGED_LIMIT,
    Document,
    Place,
    Statement,
    allow,
    deny,
    document,
    size_problem,
)

_VERBS: Final = (
    *("Add", "Attach", "Create", "Deactivate", "Delete", "Detach", "Enable", "Put", "Remove"),
    *("Resync", "Set", "Tag", "Untag", "Update", "Upload"),
)
CHANGES_OF_IAM: Final = ("iam:PassRole", *(f"iam:{verb}*" for verb in _VERBS))
BOUNDED: Final = (
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
)
"""What IAM can hold to a role's boundary; UpdateAssumeRolePolicy is not among them."""
STATE_LOSSES: Final = (
    "s3:DeleteBucket*",
    "s3:DeleteObjectVersion*",
    "s3:PutBucket*",
    "s3:PutEncryptionConfiguration",
    "s3:PutLifecycleConfiguration",
    "s3:PutReplicationConfiguration",
)


def deploy_boundary(place: Place, *, workload_boundary_arn: str, state_bucket: str) -> Document:
    """The services of the table in the stack's region, without the ways out; a ValueError when it grew too long."""
    bucket = f"arn:aws:s3:::{state_bucket}"
    other = {"StringNotEquals": {"iam:PermissionsBoundary": workload_boundary_arn}}
    found = document(
        [
            allow("Services", [f"{each}:*" for each in services()], ["*"], place.in_region),
            _program_roles_alone(place),
            deny("RolesWithinTheirBoundary", BOUNDED, ["*"], other),
            deny("BoundariesStay", ["iam:DeleteRolePermissionsBoundary"], ["*"]),
            deny("StateStays", STATE_LOSSES, [bucket, f"{bucket}/*"]),
        ]
    )
    if problem := size_problem("the deploy boundary", [found], MANAGED_LIMIT):
        raise ValueError(problem)
    return found


def services() -> list[str]:
    """The services of AWS that the program uses, as IAM calls them."""
    rights = [right for row in RIGHTS.values() for right in row]
    return sorted({action.partition(":")[0] for right in rights for action in right.actions})


def _program_roles_alone(place: Place) -> Statement:
    """Nothing of IAM is changed, and no role handed on, but those under the program's path."""
    refused = deny("RolesOfTheProgramAlone", CHANGES_OF_IAM, [])
    del refused["Resource"]
    return refused | {"NotResource": [place.arn("arn:aws:iam::{account}:role/turnstay/{stack}/*")]}
