"""How far any role can go that the program makes: tasks, gates, backups, flow logs, monitoring, alerts.

The pipeline may make no role without it, so a role made by a stolen deploy session can do no more than these can together;
what each of them may do its own policy says. A role that needs more than this fails at its first call of AWS, and
`tests/infra/test_role_limits.py` finds it before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from components.delivery.statements import (
    MANAGED_LIMIT,
    Document,
    Place,
    Statement,
    allow,
    document,
    size_problem,
)

KEYS: Final = ("arn:aws:kms:{region}:{account}:key/*",)
SNAPSHOTS: Final = "arn:aws:rds:{region}:{account}:snapshot:"
_LOGS: Final = "arn:aws:logs:{region}:{account}:log-group:"
_SECRETS: Final = "arn:aws:secretsmanager:{region}:{account}:secret:"
_EVENTS: Final = "arn:aws:events:{region}:{account}:"
_IMAGES: Final = "arn:aws:ecr:{region}:{account}:repository/"
GRANTED: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    (
        "logs",
        "CreateLogGroup CreateLogStream DescribeLogStreams GetLogEvents PutLogEvents PutRetentionPolicy",
        (f"{_LOGS}/turnstay/{{stack}}/*", f"{_LOGS}RDSOSMetrics", f"{_LOGS}RDSOSMetrics:*"),
    ),
    (
        "ecr",
        (
            "BatchCheckLayerAvailability BatchGetImage BatchImportUpstreamImage CreateRepository"
            " GetDownloadUrlForLayer"
        ),
        (f"{_IMAGES}ecr-public/*", f"{_IMAGES}turnstay-{{stack}}/*"),
    ),
    ("secretsmanager", "GetSecretValue", (f"{_SECRETS}rds!*", f"{_SECRETS}turnstay/{{stack}}/*")),
    (
        "rds",
        (
            "AddTagsToResource CopyDBSnapshot CreateDBSnapshot DescribeDBInstances"
            " DescribeDBSnapshots ListTagsForResource"
        ),
        ("arn:aws:rds:{region}:{account}:db:*", f"{SNAPSHOTS}*"),
    ),
    # Alerts on their two ways, and what looks whether these still lead anywhere.
    ("sns", "Publish", ("arn:aws:sns:{region}:{account}:turnstay-{stack}-*",)),
    ("sqs", "SendMessage", ("arn:aws:sqs:{region}:{account}:turnstay-{stack}-*",)),
    (
        "events",
        "InvokeApiDestination PutEvents",
        (f"{_EVENTS}api-destination/turnstay-{{stack}}-*", f"{_EVENTS}event-bus/default"),
    ),
    (
        "cloudwatch",
        "SetAlarmState",
        ("arn:aws:cloudwatch:{region}:{account}:alarm:turnstay-{stack}-*",),
    ),
    ("rds", "DeleteDBSnapshot ModifyDBSnapshotAttribute", (f"{SNAPSHOTS}awsbackup:*",)),
    (
        "backup",
        "CopyIntoBackupVault DescribeBackupVault",
        ("arn:aws:backup:{region}:{account}:backup-vault:*",),
    ),
)
WITHOUT_RESOURCE: Final = (
    "ecr:GetAuthorizationToken",
    "logs:DescribeLogGroups",
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "tag:GetResources",
)


def workload_boundary(place: Place) -> Document:
    """All that the roles of the program need together; a ValueError when it grew too long for IAM."""
    # The program puts this tag on its keys, and scripts/bootstrap_account.py another on that of the state.
    ours = {"StringEquals": {"aws:ResourceTag/managed-by": "pulumi"}}
    keys = [place.arn(each) for each in KEYS]
    found = document(
        [
            *_granted(place),
            allow("Region", WITHOUT_RESOURCE, ["*"], place.in_region),
            allow("Keys", ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"], keys, ours),
            allow("Grants", ["kms:CreateGrant"], keys, {"Bool": {"kms:GrantIsForAWSResource": "true"}}),
        ]
    )  # fmt: skip
    if problem := size_problem("the workload boundary", [found], MANAGED_LIMIT):
        raise ValueError(problem)
    return found


def _granted(place: Place) -> Sequence[Statement]:
    return [
        allow(
            f"S{index}",
            [f"{service}:{each}" for each in names.split()],
            [place.arn(each) for each in resources],
        )
        for index, (service, names, resources) in enumerate(GRANTED)
    ]
