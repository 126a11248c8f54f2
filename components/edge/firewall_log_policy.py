"""Who may write the firewall's log."""

from __future__ import annotations

from typing import Any


def firewall_log_policy(*, region: str, account_id: str, log_group_name: str) -> dict[str, Any]:
    """AWS's log delivery may write to one log group, for this account.

    Without it the firewall writes a policy of its own, the same one for all web ACLs of the account, which grows until
    AWS refuses it.
    """
    logs = f"arn:aws:logs:{region}:{account_id}"
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "FirewallLog",
                "Effect": "Allow",
                "Principal": {"Service": "delivery.logs.amazonaws.com"},
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": f"{logs}:log-group:{log_group_name}:*",
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": account_id},
                    "ArnLike": {"aws:SourceArn": f"{logs}:*"},
                },
            }
        ],
    }
