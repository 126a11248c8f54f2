"""A backup plan keeps what it selects."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.local.account.workbench import Workbench

SELECTION = {
    "SelectionName": "databases",
    "IamRoleArn": "arn:aws:iam::111122223333:role/backup",
    "Resources": ["arn:aws:rds:eu-west-1:111122223333:db:general"],
}


def rule(hour: int) -> dict[str, Any]:
    return {
        "RuleName": "daily",
        "TargetBackupVaultName": "vault",
        "ScheduleExpression": f"cron(0 {hour} * * ? *)",
        "Lifecycle": {"DeleteAfterDays": 35},
    }


def made_plan(backup: Any) -> str:
    plan = {"BackupPlanName": uuid.uuid4().hex, "Rules": [rule(5)]}
    return str(backup.create_backup_plan(BackupPlan=plan)["BackupPlanId"])


def test_a_selection_is_kept_whole_until_it_is_deleted(shared_bench: Workbench) -> None:
    backup = shared_bench.client("backup")
    plan = made_plan(backup)
    made = backup.create_backup_selection(BackupPlanId=plan, BackupSelection=SELECTION)
    name = {"BackupPlanId": plan, "SelectionId": made["SelectionId"]}
    assert backup.get_backup_selection(**name)["BackupSelection"] == SELECTION
    (listed,) = backup.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]
    assert (listed["SelectionId"], listed["SelectionName"]) == (made["SelectionId"], "databases")
    with pytest.raises(ClientError, match="selections must be deleted prior"):
        backup.delete_backup_plan(BackupPlanId=plan)
    backup.delete_backup_selection(**name)
    with pytest.raises(ClientError, match="Cannot find backup selection"):
        backup.get_backup_selection(**name)
    backup.delete_backup_plan(BackupPlanId=plan)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        backup.get_backup_plan(BackupPlanId=plan)


def test_a_plan_that_changes_is_a_new_version_of_the_same(shared_bench: Workbench) -> None:
    backup = shared_bench.client("backup")
    plan = made_plan(backup)
    before = backup.get_backup_plan(BackupPlanId=plan)
    name = before["BackupPlan"]["BackupPlanName"]
    backup.update_backup_plan(
        BackupPlanId=plan, BackupPlan={"BackupPlanName": name, "Rules": [rule(7)]}
    )
    after = backup.get_backup_plan(BackupPlanId=plan)
    assert after["BackupPlan"]["Rules"][0]["ScheduleExpression"] == "cron(0 7 * * ? *)"
    assert after["VersionId"] != before["VersionId"]


def test_tags_of_vaults_and_plans_are_kept(shared_bench: Workbench) -> None:
    backup = shared_bench.client("backup")
    vault = backup.create_backup_vault(
        BackupVaultName=uuid.uuid4().hex, BackupVaultTags={"project": "turnstay"}
    )
    backup.tag_resource(ResourceArn=vault["BackupVaultArn"], Tags={"service": "ledger"})
    tags = backup.list_tags(ResourceArn=vault["BackupVaultArn"])["Tags"]
    assert tags == {"project": "turnstay", "service": "ledger"}
