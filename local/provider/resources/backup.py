"""AWS Backup: vaults, plans, and what a plan backs up."""

# ruff: noqa: ARG002, D102 - Handler documents the methods and their arguments

from __future__ import annotations

from typing import Final

from local.provider.aws import Aws
from local.provider.handler import Handler, words
from local.provider.names import Autoname
from local.provider.shapes import from_aws, to_aws
from local.provider.values import Props, picked

# The provider's names of a rule that are not the API's with a small letter.
NAMES: Final = {
    "coldStorageAfter": "MoveToColdStorageAfterDays",
    "completionWindow": "CompletionWindowMinutes",
    "deleteAfter": "DeleteAfterDays",
    "schedule": "ScheduleExpression",
    "startWindow": "StartWindowMinutes",
    "targetVaultName": "TargetBackupVaultName",
}
# What Pulumi sends of a rule that does not say it; AWS's own defaults are 8 hours and 7 days.
WINDOWS: Final = {"startWindow": 60, "completionWindow": 180}


class Vault(Handler):
    """aws.backup.Vault. The account makes no backups, so that one which may be destroyed is as empty as any other."""

    type = "aws:backup/vault:Vault"
    inputs = words("forceDestroy kmsKeyArn name tags")
    replace = words("kmsKeyArn name")
    computed = ("arn", "kmsKeyArn", "recoveryPoints")
    unread = words("forceDestroy")
    autoname = Autoname(longest=50)
    tagging = "backup"

    def create(self, aws: Aws, new: Props) -> str:
        key = {"EncryptionKeyArn": new["kmsKeyArn"]} if new.get("kmsKeyArn") else {}
        aws("backup").create_backup_vault(
            BackupVaultName=new["name"], BackupVaultTags=new["tagsAll"], **key
        )
        return str(new["name"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("backup").describe_backup_vault(BackupVaultName=identity)
        return {
            **picked(
                found, arn="BackupVaultArn", kmsKeyArn="EncryptionKeyArn", name="BackupVaultName"
            ),
            "recoveryPoints": found.get("NumberOfRecoveryPoints", 0),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("backup").delete_backup_vault(BackupVaultName=identity)


class Plan(Handler):
    """aws.backup.Plan."""

    type = "aws:backup/plan:Plan"
    inputs = words("name rules tags")
    replace = words("name")
    computed = ("arn", "version")
    filled = words("rules")
    autoname = Autoname(longest=50)
    tagging = "backup"

    def create(self, aws: Aws, new: Props) -> str:
        answer = aws("backup").create_backup_plan(
            BackupPlan=_document(new), BackupPlanTags=new["tagsAll"]
        )
        return str(answer["BackupPlanId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("backup").get_backup_plan(BackupPlanId=identity)
        return {
            **picked(found, arn="BackupPlanArn", version="VersionId"),
            "name": found["BackupPlan"]["BackupPlanName"],
            "rules": [_rule(each) for each in found["BackupPlan"]["Rules"]],
        }

    def update(self, aws: Aws, identity: str, old: Props, new: Props) -> None:
        aws("backup").update_backup_plan(BackupPlanId=identity, BackupPlan=_document(new))

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("backup").delete_backup_plan(BackupPlanId=identity)


def _document(new: Props) -> Props:
    rules = [{**WINDOWS, **rule} for rule in new["rules"]]
    return {"BackupPlanName": new["name"], "Rules": to_aws(rules, NAMES)}


def _rule(theirs: Props) -> Props:
    ours: Props = from_aws(theirs, NAMES)
    # AWS numbers a rule anew whenever the plan changes: no input, and no news.
    return {name: value for name, value in ours.items() if name != "ruleId"}


class Selection(Handler):
    """aws.backup.Selection of resources by their ARNs, which AWS Backup cannot change."""

    type = "aws:backup/selection:Selection"
    inputs = words("iamRoleArn name planId resources")
    replace = inputs
    autoname = Autoname(longest=50)

    def create(self, aws: Aws, new: Props) -> str:
        selection = {
            "SelectionName": new["name"],
            "IamRoleArn": new["iamRoleArn"],
            "Resources": new["resources"],
        }
        answer = aws("backup").create_backup_selection(
            BackupPlanId=new["planId"], BackupSelection=selection
        )
        return str(answer["SelectionId"])

    def read(self, aws: Aws, identity: str, state: Props) -> Props | None:
        found = aws("backup").get_backup_selection(
            BackupPlanId=state["planId"], SelectionId=identity
        )
        return {
            "planId": found["BackupPlanId"],
            **picked(
                found["BackupSelection"],
                iamRoleArn="IamRoleArn",
                name="SelectionName",
                resources="Resources",
            ),
        }

    def delete(self, aws: Aws, identity: str, state: Props) -> None:
        aws("backup").delete_backup_selection(BackupPlanId=state["planId"], SelectionId=identity)


HANDLERS: Final = (Vault(), Plan(), Selection())
