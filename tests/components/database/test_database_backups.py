from __future__ import annotations

from typing import Any

import pytest

from components.database.database_backups import DatabaseBackups
from tests.components.database.database_samples import (
    BACKUP_PLAN,
    BACKUP_SELECTION,
    BACKUP_VAULT,
    KEYS,
    ROLE,
    ROLE_POLICY,
    backups_args,
    misspelt,
)
from tests.engine.outputs import arn
from tests.engine.recording import Recording, record

VAULT = arn("backup", "backup-vault:backups-vault-1234567")
BOTH_KEYS = [arn("kms", "key/vault"), KEYS["storage"]]
DATABASES = "arn:aws:rds:eu-west-1:111122223333"


def _record(**changes: Any) -> Recording:
    def program() -> None:
        DatabaseBackups("backups", backups_args(**changes))

    return record(program)


def test_each_database_is_kept_every_day_in_a_vault_with_our_key() -> None:
    recording = _record()

    assert recording.one(BACKUP_VAULT, "backups-vault").inputs == {
        "kmsKeyArn": arn("kms", "key/vault"),
        "forceDestroy": False,
        "tags": {},
    }
    assert recording.one(BACKUP_PLAN, "backups-plan").inputs == {
        "rules": [
            {
                "ruleName": "daily",
                "targetVaultName": "backups-vault-1234567",
                "schedule": "cron(0 5 * * ? *)",
                "lifecycle": {"deleteAfter": 90},
            }
        ],
        "tags": {},
    }
    assert recording.one(BACKUP_SELECTION, "backups-selection").inputs == {
        "planId": "backups-plan-id",
        "iamRoleArn": "arn:aws:iam::111122223333:role/backups-role",
        "resources": [arn("rds", "db:turnstay-staging-general")],
    }
    assert misspelt(recording) == []


def test_only_aws_backup_takes_the_role_and_only_for_this_account() -> None:
    assert _record().one(ROLE, "backups-role").json("assumeRolePolicy")["Statement"] == [
        {
            "Sid": "Backup",
            "Effect": "Allow",
            "Principal": {"Service": "backup.amazonaws.com"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}},
        }
    ]


def test_it_deletes_only_what_it_made_and_uses_only_the_keys_it_was_given() -> None:
    statements = {
        each.pop("Sid"): each
        for each in _record().one(ROLE_POLICY, "backups-rights").json("policy")["Statement"]
    }

    assert statements["Snapshots"]["Resource"] == [f"{DATABASES}:db:*", f"{DATABASES}:snapshot:*"]
    assert statements["Expiry"] == {
        "Effect": "Allow",
        "Action": ["rds:DeleteDBSnapshot", "rds:ModifyDBSnapshotAttribute"],
        "Resource": f"{DATABASES}:snapshot:awsbackup:*",
    }
    assert statements["Vault"]["Resource"] == VAULT
    assert statements["Keys"] == {
        "Effect": "Allow",
        "Action": "kms:DescribeKey",
        "Resource": BOTH_KEYS,
    }
    assert statements["Grants"] == {
        "Effect": "Allow",
        "Action": "kms:CreateGrant",
        "Resource": BOTH_KEYS,
        "Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"}},
    }


def test_the_selection_waits_for_the_rights() -> None:
    selection = _record().one(BACKUP_SELECTION, "backups-selection")

    assert "backups-rights" in {urn.split("::")[-1] for urn in selection.dependencies}


@pytest.mark.parametrize("protect", [True, False])
def test_the_vault_is_protected_as_asked_and_else_deletes_what_is_in_it(protect: bool) -> None:
    vault = _record(protect=protect).one(BACKUP_VAULT, "backups-vault")

    assert vault.protect is protect
    assert vault.inputs["forceDestroy"] is not protect


def test_it_gives_the_vault() -> None:
    recording = _record()
    component = recording.one("turnstay:database:DatabaseBackups", "backups")

    assert recording.outputs[component.urn] == {"vault_arn": VAULT}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"database_arns": []}, "names at least one database, got none"),
        ({"retention_days": 0}, "retention_days is at least 1, got 0"),
        ({"hour_utc": 24}, "hour_utc is 0 to 23, got 24"),
    ],
)
def test_arguments_that_make_no_backup_are_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        backups_args(**changes)
