"""What an update by the pipeline may do: the table of rights, written as policies.

The condition of a right is its `narrowing`:
- `region`: IAM knows no resource, so at least only in the stack's region;
- `tagged`: what carries the program's tags already; `tagging`: what is given them by the same call;
- `bounded`: only roles within the workload boundary, so a role that the pipeline makes can never do more than that;
- `passing`: a role is handed to the services that are meant to take it, and to no other;
- `granting`: a key's use is granted to a service of AWS, for one of its resources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from components.delivery.rights.right import Narrowing, Right
from components.delivery.rights.table import RIGHTS, TABLES
from components.delivery.statements import (
    MANAGED_LIMIT,
    Arn,
    Condition,
    Document,
    Place,
    Statement,
    allow,
    document,
    size_problem,
)

Group: TypeAlias = tuple[tuple[str, ...], Narrowing]

PASSED_TO: Final = (
    "backup.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "events.amazonaws.com",
    "lambda.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "scheduler.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)
"""The services that act with a role of the program."""
OWN: Final = {"managed-by": "pulumi", "project": "turnstay"}
"""Tags that the provider puts on everything, and scripts/bootstrap_account.py not on the state's key."""


def deploy_documents(place: Place, *, boundary_arn: str) -> dict[str, Document]:
    """Every right of the tables that changes something, a policy for each table, by its name.

    A ValueError says which table has grown beyond what IAM takes.
    """
    found = {}
    for name, table in TABLES.items():
        rights = [right for row in table.values() for right in row if not right.reads]
        found[name] = document(_statements(place, rights, boundary_arn))
        problem = size_problem(
            f"the policy {name} of the deploy role", [found[name]], MANAGED_LIMIT
        )
        if problem:
            raise ValueError(problem)
    return found


def read_statements(place: Place) -> list[Statement]:
    """The part of the tables that only looks; a value of a secret, a log or an image is nowhere in it."""
    rights = [right for row in RIGHTS.values() for right in row if right.reads]
    return _statements(place, rights, None)


def secret_statements(place: Place, key_arns: Sequence[Arn]) -> list[Statement]:
    """The use of the keys behind the secrets that an update sets and reads back, through the Secrets Manager alone."""
    via = {"kms:ViaService": f"secretsmanager.{place.region}.amazonaws.com"}
    actions = ["kms:Decrypt", "kms:GenerateDataKey"]
    return [allow("SecretKeys", actions, key_arns, {"StringEquals": via})]


def _statements(place: Place, rights: Iterable[Right], boundary_arn: Arn | None) -> list[Statement]:
    """One statement for all rights on the same resources under the same condition: IAM counts characters."""
    by_action: dict[tuple[str, Narrowing], set[str]] = {}
    for right in rights:
        for action in right.actions:
            by_action.setdefault((action, right.narrowing), set()).update(right.resources)
    actions: dict[Group, list[str]] = {}
    for (action, narrowing), resources in by_action.items():
        actions.setdefault((tuple(sorted(resources)), narrowing), []).append(action)
    found = []
    for index, ((patterns, narrowing), names) in enumerate(sorted(actions.items())):
        condition = _condition(place, narrowing, boundary_arn)
        found.append(allow(f"S{index}", names, [place.arn(each) for each in patterns], condition))
    return found


def _condition(place: Place, narrowing: Narrowing, boundary_arn: Arn | None) -> Condition | None:
    conditions: Mapping[Narrowing, Condition] = {
        "region": place.in_region,
        "tagged": {"StringEquals": {f"aws:ResourceTag/{key}": tag for key, tag in OWN.items()}},
        "tagging": {"StringEquals": {f"aws:RequestTag/{key}": tag for key, tag in OWN.items()}},
        "bounded": {"StringEquals": {"iam:PermissionsBoundary": boundary_arn}},
        "passing": {"StringEquals": {"iam:PassedToService": list(PASSED_TO)}},
        "granting": {"Bool": {"kms:GrantIsForAWSResource": "true"}},
    }
    return conditions.get(narrowing)
