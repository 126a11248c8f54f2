"""Controls on backups by AWS Backup: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from typing import Final

from tests.controls.database_inputs import INSTANCE, keys_of
from tests.engine.outputs import arn
from tests.engine.recording import Recording

PLAN: Final = "aws:backup/plan:Plan"
SELECTION: Final = "aws:backup/selection:Selection"
VAULT: Final = "aws:backup/vault:Vault"
LONGEST_OWN_BACKUP_DAYS: Final = 35


def databases_are_in_a_backup_plan(recording: Recording) -> list[str]:
    """RDS.26, for stacks whose settings ask for it."""
    plans = {each.urn for each in recording.all(PLAN)}
    chosen = {
        resource
        for each in recording.all(SELECTION)
        if plans & set(each.property_dependencies.get("planId", ()))
        for resource in each.inputs.get("resources", [])
    }
    return [
        f"{each.name}: in no backup plan"
        for each in recording.all(INSTANCE)
        if arn("rds", f"db:{each.inputs['identifier']}") not in chosen
    ]


def backup_plans_add_to_what_databases_keep(recording: Recording) -> list[str]:
    """Every day, and for longer than an instance keeps its own."""
    findings = []
    for plan in recording.all(PLAN):
        rules = plan.inputs.get("rules", [])
        kept = [each.get("lifecycle", {}).get("deleteAfter", 0) for each in rules]
        if not any(str(each.get("schedule", "")).endswith("* * ? *)") for each in rules):
            findings.append(f"{plan.name}: not every day")
        if max(kept, default=0) <= LONGEST_OWN_BACKUP_DAYS:
            findings.append(f"{plan.name}: kept {max(kept, default=0)} days")
    return findings


def vaults_have_a_key_of_ours(recording: Recording) -> list[str]:
    """Backup.1."""
    return [
        f"{each.name}: AWS's key"
        for each in recording.all(VAULT)
        if each.inputs.get("kmsKeyArn") not in keys_of(recording)
    ]


def vaults_are_protected(recording: Recording) -> list[str]:
    """Backups outlive what they are of, and a slip. For stacks whose settings ask for protection."""
    return [
        f"{each.name}: would be deleted with its backups"
        for each in recording.all(VAULT)
        if not each.protect or each.inputs.get("forceDestroy")
    ]
