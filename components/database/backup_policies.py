"""The policy documents of AWS Backup's role: of AWSBackupServiceRolePolicyForBackup what databases need, on ours alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def backup_trust(account_id: str) -> dict[str, Any]:
    """Let AWS Backup take the role for this account, not as another customer's deputy."""
    return _document(
        {
            "Sid": "Backup",
            "Effect": "Allow",
            "Principal": {"Service": "backup.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": account_id}},
        }
    )


def backup_rights(
    *, region: str, account_id: str, vault_arn: object, key_arns: Sequence[object]
) -> dict[str, Any]:
    """Allow snapshots of the account's databases into one vault; only what AWS Backup made may it delete.

    The ARNs may be outputs: this only places them.
    """
    databases = f"arn:aws:rds:{region}:{account_id}"
    return _document(
        {
            "Sid": "Snapshots",
            "Effect": "Allow",
            "Action": [
                "rds:AddTagsToResource",
                "rds:CopyDBSnapshot",
                "rds:CreateDBSnapshot",
                "rds:DescribeDBInstances",
                "rds:DescribeDBSnapshots",
                "rds:ListTagsForResource",
            ],
            "Resource": [f"{databases}:db:*", f"{databases}:snapshot:*"],
        },
        {
            "Sid": "Expiry",
            "Effect": "Allow",
            "Action": ["rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute"],
            "Resource": f"{databases}:snapshot:awsbackup:*",
        },
        {
            "Sid": "Vault",
            "Effect": "Allow",
            "Action": ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"],
            "Resource": vault_arn,
        },
        {
            "Sid": "Keys",
            "Effect": "Allow",
            "Action": "kms:DescribeKey",
            "Resource": list(key_arns),
        },
        {
            "Sid": "Grants",
            "Effect": "Allow",
            "Action": "kms:CreateGrant",
            "Resource": list(key_arns),
            "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}},
        },
        {
            "Sid": "Find",
            "Effect": "Allow",
            "Action": "tag:GetResources",  # lists: it has no narrower resource
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:RequestedRegion": region}},
        },
    )


def _document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}
