"""Key policies: who may use a KMS key, statement by statement.

A right given here holds for everybody it names, whatever IAM says, so a statement is written only for principals that
no IAM policy of this account can reach: services of AWS that act on their own. Everything else gets its right from an
IAM policy, which the account's own statement puts in force: a task that reads its secrets, ECR that makes its grant on
a repository; of an ECS Exec session the person who opens it (`kms:GenerateDataKey`) and the task's own role
(`kms:Decrypt`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a request must carry for a statement to hold."""

    operator: str
    key: str
    values: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One grant on the key that carries the policy."""

    sid: str
    principal_type: Literal["AWS", "Service"]
    principals: tuple[str, ...]
    actions: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        if "*" in self.principals:
            raise ValueError(f"statement {self.sid} of a key policy names its principals, got '*'")
        everything = {"*", "kms:*"} & set(self.actions)
        if everything and not all(each.endswith(":root") for each in self.principals):
            raise ValueError(
                f"statement {self.sid} of a key policy grants {sorted(everything)} to"
                f" {sorted(self.principals)}; only the account itself gets every action"
            )

    def to_dict(self) -> dict[str, Any]:
        """Write the statement as IAM does, with every list sorted: a diff means a change."""
        written: dict[str, Any] = {
            "Sid": self.sid,
            "Effect": "Allow",
            "Principal": {self.principal_type: sorted(self.principals)},
            "Action": sorted(self.actions),
            "Resource": "*",  # in a key policy: this key
        }
        conditions: dict[str, dict[str, list[str]]] = {}
        for each in sorted(
            self.conditions, key=lambda condition: (condition.operator, condition.key)
        ):
            conditions.setdefault(each.operator, {})[each.key] = sorted(each.values)
        if conditions:
            written["Condition"] = conditions
        return written


def root_statement(account_id: str) -> Statement:
    """Let the account manage the key, by its IAM policies; without this nobody could, AWS's support included."""
    return Statement(
        sid="Account",
        principal_type="AWS",
        principals=(f"arn:aws:iam::{account_id}:root",),
        actions=("kms:*",),
    )


def logs_statement(*, region: str, account_id: str, log_group_names: Sequence[str]) -> Statement:
    """Let CloudWatch Logs of one region encrypt and read exactly these groups of this account.

    Creating a group with the key fails unless its ARN is among them, so name the groups before they exist.
    """
    if not log_group_names:
        raise ValueError(
            "the logs statement of a key policy names at least one log group, got none"
        )
    groups = tuple(
        f"arn:aws:logs:{region}:{account_id}:log-group:{name}" for name in log_group_names
    )
    return Statement(
        sid="CloudWatchLogs",
        principal_type="Service",
        principals=(f"logs.{region}.amazonaws.com",),
        actions=(
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKey*",
            "kms:ReEncrypt*",
        ),
        conditions=(
            Condition(operator="ArnLike", key="kms:EncryptionContext:aws:logs:arn", values=groups),
        ),
    )


def key_policy(account_id: str, statements: Sequence[Statement] = ()) -> dict[str, Any]:
    """Write the whole policy of a key: the account first, then the statements by their sid."""
    named = [root_statement(account_id), *sorted(statements, key=lambda statement: statement.sid)]
    sids = [each.sid for each in named]
    if twice := sorted({sid for sid in sids if sids.count(sid) > 1}):
        raise ValueError(f"statements of a key policy have distinct sids, got {twice} twice")
    return {"Version": "2012-10-17", "Statement": [each.to_dict() for each in named]}
