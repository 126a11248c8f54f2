"""IAM statements as dicts, the place of a stack in AWS, and the limits of what IAM takes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

Arn: TypeAlias = object
"""Text, or the output of another resource: these functions only place it."""
Condition: TypeAlias = Mapping[str, Mapping[str, object]]
Statement: TypeAlias = dict[str, object]
Document: TypeAlias = dict[str, object]

GLOBAL_REGION: Final = "us-east-1"
"""Where the services without a region (IAM, Route 53, Budgets) answer."""
TRUST_LIMIT: Final = 2048
"""Characters of a trust policy, without a quota increase; white space does not count."""
MANAGED_LIMIT: Final = 6144
"""Characters of a managed policy, so of a boundary."""
INLINE_LIMIT: Final = 10_240
"""Characters of all inline policies of a role together."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a stack is."""

    account_id: str
    region: str
    stack: str

    def arn(self, pattern: str) -> str:
        """Write out an ARN: `{region}`, `{account}` and `{stack}` stand for those of the place."""
        return pattern.format(region=self.region, account=self.account_id, stack=self.stack)

    @property
    def in_region(self) -> Condition:
        """The condition of a statement whose actions know no resource: only here, and where IAM answers."""
        return {"StringEquals": {"aws:RequestedRegion": sorted({self.region, GLOBAL_REGION})}}


def allow(
    sid: str, actions: Sequence[str], resources: Sequence[Arn], condition: Condition | None = None
) -> Statement:
    """Grant actions on resources."""
    return _statement("Allow", sid, actions, resources, condition)


def deny(
    sid: str, actions: Sequence[str], resources: Sequence[Arn], condition: Condition | None = None
) -> Statement:
    """Refuse actions on resources, whatever else allows them."""
    return _statement("Deny", sid, actions, resources, condition)


def document(statements: Sequence[Statement]) -> Document:
    """A policy of these statements."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def size_problem(what: str, documents: Sequence[Document], limit: int) -> str | None:
    """Say that IAM would refuse the policies for their length; only for documents without outputs."""
    length = sum(len(json.dumps(each, separators=(",", ":"))) for each in documents)
    if length <= limit:
        return None
    return (
        f"{what} has {length} characters, IAM takes {limit}; name fewer repositories or resources"
    )


def _statement(
    effect: str,
    sid: str,
    actions: Sequence[str],
    resources: Sequence[Arn],
    condition: Condition | None,
) -> Statement:
    written: Statement = {
        "Sid": sid,
        "Effect": effect,
        "Action": sorted(set(actions)),
        "Resource": list(resources),
    }
    return written | ({"Condition": condition} if condition else {})
