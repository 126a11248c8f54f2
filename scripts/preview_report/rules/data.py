"""What holds data or is stood on: gone, no longer protected, or easier to lose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from scripts.preview_report.changes import Change
from scripts.preview_report.finding import Finding
from scripts.preview_report.values import is_unknown

STATEFUL: Final = frozenset(
    {
        "aws:backup/vault:Vault",
        "aws:cloudwatch/logGroup:LogGroup",
        "aws:codeartifact/domain:Domain",
        "aws:codeartifact/repository:Repository",
        "aws:dynamodb/table:Table",
        "aws:ebs/volume:Volume",
        "aws:ec2/eip:Eip",  # banks and payment partners let these addresses in
        "aws:ec2/subnet:Subnet",
        "aws:ec2/vpc:Vpc",
        "aws:ecr/repository:Repository",
        "aws:efs/fileSystem:FileSystem",
        "aws:kms/key:Key",
        "aws:lb/loadBalancer:LoadBalancer",
        "aws:rds/cluster:Cluster",
        "aws:rds/instance:Instance",
        "aws:s3/bucket:Bucket",
        "aws:s3/bucketV2:BucketV2",
        "aws:secretsmanager/secret:Secret",
        "aws:sqs/queue:Queue",
        "awsx:ec2:Vpc",
    }
)
"""What holds data, or what everything else stands on. What is protected counts whatever its type."""
# What must stay as it is, or an update deletes more easily: (property, harmless value).
GUARDS: Final = (
    ("deletionProtection", True),
    ("enableDeletionProtection", True),
    ("skipFinalSnapshot", False),
    ("forceDestroy", False),
    ("forceDelete", False),
    ("deleteAutomatedBackups", False),
    ("skipDestroy", True),
    ("storageEncrypted", True),
    ("publiclyAccessible", False),
    ("enableKeyRotation", True),
    ("blockPublicAcls", True),
    ("blockPublicPolicy", True),
    ("ignorePublicAcls", True),
    ("restrictPublicBuckets", True),
)
GUARDIANS: Final = frozenset(
    {
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    }
)
"""Resources that only guard another one: without them it lies open."""
# What AWS takes when the property is absent.
ABSENT: Final = {"deleteAutomatedBackups": True}


def lost_data(changes: Iterable[Change]) -> Iterator[Finding]:
    """Deletions and replacements of what is stateful, and switches that make either easier."""
    for change in changes:
        if is_stateful(change) and change.kind in ("delete", "replace"):
            what = "is deleted" if change.kind == "delete" else "is replaced: a new, empty one"
            why = f" because of {', '.join(change.reasons)}" if change.reasons else ""
            yield Finding(topic="data", change=change, text=f"{what}{why}")
        if change.type in GUARDIANS and change.kind == "delete":
            yield Finding(topic="data", change=change, text="no longer guards its bucket")
        if not change.remains:
            continue
        if change.old.get("protect") and not change.new.get("protect"):
            yield Finding(topic="data", change=change, text="Pulumi no longer protects it")
        if change.new.get("retainOnDelete") and not change.old.get("retainOnDelete"):
            text = "is left behind when it is deleted: nobody's any more"
            yield Finding(topic="data", change=change, text=text, blocks=is_stateful(change))
        yield from _guards(change)


def is_stateful(change: Change) -> bool:
    """Whether losing it loses more than what the program makes anew."""
    return change.type in STATEFUL or bool(change.old.get("protect"))


def _guards(change: Change) -> Iterator[Finding]:
    if not change.existed:
        return
    for name, safe in GUARDS:
        if name not in {*change.was, *change.will}:
            continue
        default = ABSENT.get(name, False)
        before, after = change.was.get(name, default), change.will.get(name, default)
        if before == safe and after != safe:
            now = "known only afterwards" if is_unknown(after) else str(after).lower()
            text = f"{name} was {str(safe).lower()} and is {now}"
            yield Finding(topic="data", change=change, text=text)
