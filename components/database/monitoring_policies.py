"""The policy documents of enhanced monitoring."""

from __future__ import annotations

from typing import Any, Final

# One group for all instances of an account and region; RDS makes it, and keeps what is in it for 30 days.
LOG_GROUP: Final = "RDSOSMetrics"


def monitoring_trust(*, region: str, account_id: str, identifier: str) -> dict[str, Any]:
    """Let RDS take the role for this instance, not as another customer's deputy."""
    instance = f"arn:aws:rds:{region}:{account_id}:db:{identifier}"
    return _document(
        {
            "Sid": "EnhancedMonitoring",
            "Effect": "Allow",
            "Principal": {"Service": "monitoring.rds.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {
                "StringEquals": {"aws:SourceAccount": account_id},
                "ArnLike": {"aws:SourceArn": instance},
            },
        }
    )


def monitoring_delivery(*, region: str, account_id: str) -> dict[str, Any]:
    """Allow what AWS's AmazonRDSEnhancedMonitoringRole does, on the one group and not on all that begin with RDS."""
    group = f"arn:aws:logs:{region}:{account_id}:log-group:{LOG_GROUP}"
    return _document(
        {
            "Sid": "Group",
            "Effect": "Allow",
            "Action": ["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
            "Resource": [group, f"{group}:*"],
        },
        {
            "Sid": "Streams",
            "Effect": "Allow",
            "Action": [
                "logs:CreateLogStream",
                "logs:DescribeLogStreams",
                "logs:GetLogEvents",
                "logs:PutLogEvents",
            ],
            "Resource": f"{group}:log-stream:*",
        },
    )


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}
