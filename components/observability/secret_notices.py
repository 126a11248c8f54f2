"""What tells of secrets: one that is not rotated, and one that is read by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from components.observability.notices import CLOUDTRAIL, Notice

SECRET_NOTICES: Final = (
    Notice(
        name="rotation-failed",
        severity="ticket",
        runbook="secret-rotation",
        summary="A secret could not be rotated.",
        pattern={
            "source": ["aws.secretsmanager"],
            "detail-type": ["AWS Service Event via CloudTrail"],
            "detail": {"eventName": ["RotationFailed"]},
        },
    ),
)


def unexpected_reader_notice(account_id: str, readers: Sequence[str]) -> Notice:
    """Somebody read a secret of the account who is none of these roles; `readers` are names or patterns of names."""
    roles = [f"arn:aws:iam::{account_id}:role/{each}" for each in sorted(set(readers))]
    others = {"anything-but": {"wildcard": roles}}
    return Notice(
        name="secret-read",
        severity="page",
        runbook="secret-read",
        summary="Somebody read a secret who is neither a service nor expected to.",
        of_reads=True,
        pattern={
            "source": ["aws.secretsmanager"],
            "detail-type": [CLOUDTRAIL],
            "detail": {
                "eventName": ["GetSecretValue", "BatchGetSecretValue"],
                "errorCode": [{"exists": False}],
                "$or": [
                    {"userIdentity": {"type": ["Root", "IAMUser"]}},
                    {"userIdentity": {"sessionContext": {"sessionIssuer": {"arn": [others]}}}},
                ],
            },
        },
    )
