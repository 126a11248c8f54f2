"""How long backups, logs and deleted things are kept: never shorter without a word."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.values import decoded, is_unknown, items, mapping, number

DAYS: Final = (
    "backupRetentionPeriod",
    "retentionInDays",
    "recoveryWindowInDays",
    "deletionWindowInDays",
    "performanceInsightsRetentionPeriod",
    "messageRetentionSeconds",
    "minRetentionDays",
)
FOR_EVER: Final = frozenset({"retentionInDays"})  # 0 or none: kept for ever
LIFECYCLES: Final = frozenset(
    {
        "aws:backup/plan:Plan",
        "aws:ecr/lifecyclePolicy:LifecyclePolicy",
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
    }
)
BACKUPS: Final = LIFECYCLES | {
    "aws:backup/selection:Selection",
    "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "aws:s3/bucketVersioningV2:BucketVersioningV2",
}
"""What makes copies or decides when they go; without it nothing is lost today, and nothing is found tomorrow."""


def shorter_retention(changes: Iterable[Change]) -> Iterator[Finding]:
    """Fewer days, whether by an update, a replacement or a new resource in the place of an old one."""
    for change in changes:
        if change.type in BACKUPS and change.kind == "delete":
            yield Finding(topic="data", change=change, text="no longer keeps anything")
        if not (change.existed and change.remains):
            continue
        for name in DAYS:
            yield from _fewer(change, name)
        if _versioning(change.was) == "Enabled" and _versioning(change.will) != "Enabled":
            yield Finding(topic="data", change=change, text="versions are no longer kept")
        if change.type in LIFECYCLES and _rules(change.was) != _rules(change.will):
            text = "when things are deleted changes; read the rules in the diff"
            yield Finding(topic="data", change=change, text=text)


def _fewer(change: Change, name: str) -> Iterator[Finding]:
    if name not in {*change.was, *change.will}:
        return
    if is_unknown(change.will.get(name)):
        yield Finding(topic="data", change=change, text=f"{name} is known only afterwards")
        return
    before, after = _kept(name, change.was.get(name)), _kept(name, change.will.get(name))
    if after < before:
        yield Finding(
            topic="data", change=change, text=f"{name} goes from {_said(before)} to {_said(after)}"
        )


def _kept(name: str, value: object) -> float:
    days = number(value) or 0.0
    return math.inf if name in FOR_EVER and days == 0 else days


def _said(days: float) -> str:
    return "for ever" if math.isinf(days) else f"{days:g}"


def _versioning(inputs: object) -> object:
    return mapping(mapping(inputs).get("versioningConfiguration")).get("status")


def _rules(inputs: object) -> str:
    """The rules in one form: JSON text is compared by what it says."""
    found = mapping(inputs)
    rules = [decoded(each) for key in ("rules", "rule", "policy") for each in items(found.get(key))]
    return json.dumps(rules, sort_keys=True)
