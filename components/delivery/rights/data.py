"""What it takes to bring about what holds data: databases, backups, secrets, keys, and the roles that reach them."""

from __future__ import annotations

from typing import Final

from components.delivery.rights.compute import REPOSITORY_KEY
from components.delivery.rights.right import Narrowing, Right, Table, reads, unnamed, writes

PLANS: Final = "backup-plan:*"
# Named by Pulumi after its resource.
VAULTS: Final = "backup-vault:backups-vault-*"
SERVERS: Final = "db:turnstay-{stack}-*"
SECRETS: Final = "secret:turnstay/{stack}/*"
KEYS: Final = "key/*"
ALIASES: Final = "alias/turnstay-{stack}-*"
ROLES: Final = ("arn:aws:iam::{account}:role/turnstay/{stack}/*",)


def _iam(names: str, *, narrowing: Narrowing = "none") -> Right:
    actions = tuple(f"iam:{each}" for each in names.split())
    return Right(actions=actions, resources=ROLES, narrowing=narrowing)


ROLE_READS: Final = Right(
    actions=("iam:GetRole", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"),
    resources=("arn:aws:iam::{account}:role/turnstay*",),
    reads=True,
)
PASSING: Final = _iam("PassRole", narrowing="passing")
RDS_TAGS: Final = "AddTagsToResource RemoveTagsFromResource"

DATA: Final[Table] = {
    "aws:backup/plan:Plan": (
        writes(
            "backup",
            "CreateBackupPlan DeleteBackupPlan TagResource UntagResource UpdateBackupPlan",
            PLANS,
        ),
        reads("backup", "GetBackupPlan ListTags"),
    ),
    "aws:backup/selection:Selection": (
        writes("backup", "CreateBackupSelection DeleteBackupSelection", PLANS),
        reads("backup", "GetBackupSelection"),
        PASSING,
    ),
    "aws:backup/vault:Vault": (
        writes("backup", "CreateBackupVault DeleteBackupVault TagResource UntagResource", VAULTS),
        unnamed("backup-storage", "MountCapsule"),
        reads("backup", "DescribeBackupVault ListTags"),
        REPOSITORY_KEY,
    ),
    "aws:iam/role:Role": (
        _iam("CreateRole PutRolePermissionsBoundary", narrowing="bounded"),
        _iam("DeleteRole TagRole UntagRole UpdateAssumeRolePolicy UpdateRole"),
        Right(
            actions=("iam:ListInstanceProfilesForRole",), resources=ROLES, reads=True
        ),  # asked for before a role is deleted
        ROLE_READS,
        PASSING,
    ),
    "aws:iam/rolePolicy:RolePolicy": (
        _iam("DeleteRolePolicy PutRolePolicy", narrowing="bounded"),
        Right(
            actions=("iam:GetRolePolicy",),
            resources=("arn:aws:iam::{account}:role/turnstay*",),
            reads=True,
        ),
    ),
    "aws:kms/alias:Alias": (
        writes("kms", "CreateAlias DeleteAlias UpdateAlias", ALIASES, KEYS),
        reads("kms", "ListAliases"),
    ),
    "aws:kms/key:Key": (
        unnamed("kms", "CreateKey", narrowing="tagging"),
        writes("kms", "TagResource", KEYS, narrowing="tagging"),
        writes(
            "kms",
            "EnableKeyRotation PutKeyPolicy ScheduleKeyDeletion UntagResource UpdateKeyDescription",
            KEYS,
            narrowing="tagged",
        ),
        reads("kms", "DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags"),
    ),
    "aws:rds/eventSubscription:EventSubscription": (
        writes(
            "rds",
            f"CreateEventSubscription DeleteEventSubscription ModifyEventSubscription {RDS_TAGS}",
            "es:*",
        ),
        reads("rds", "DescribeEventSubscriptions ListTagsForResource"),
    ),
    "aws:rds/instance:Instance": (
        writes(
            "rds",
            f"CreateDBInstance DeleteDBInstance ModifyDBInstance RebootDBInstance {RDS_TAGS}",
            *(SERVERS, "og:*", "pg:*", "subgrp:*", "snapshot:*"),
        ),
        writes("secretsmanager", "CreateSecret TagResource", "secret:rds!*"),
        reads("rds", "DescribeDBInstances ListTagsForResource"),
        REPOSITORY_KEY,
        PASSING,
    ),
    "aws:rds/parameterGroup:ParameterGroup": (
        writes(
            "rds",
            f"CreateDBParameterGroup DeleteDBParameterGroup ModifyDBParameterGroup {RDS_TAGS}"
            " ResetDBParameterGroup",
            "pg:*",
        ),
        reads("rds", "DescribeDBParameterGroups DescribeDBParameters ListTagsForResource"),
    ),
    "aws:rds/subnetGroup:SubnetGroup": (
        writes(
            "rds",
            f"CreateDBSubnetGroup DeleteDBSubnetGroup ModifyDBSubnetGroup {RDS_TAGS}",
            "subgrp:*",
        ),
        reads("rds", "DescribeDBSubnetGroups ListTagsForResource"),
    ),
    "aws:secretsmanager/secret:Secret": (
        writes(
            "secretsmanager",
            "CreateSecret DeleteSecret RestoreSecret TagResource UntagResource UpdateSecret",
            SECRETS,
        ),
        reads("secretsmanager", "DescribeSecret GetResourcePolicy"),
    ),
    "aws:secretsmanager/secretPolicy:SecretPolicy": (
        writes(
            "secretsmanager",
            "DeleteResourcePolicy PutResourcePolicy ValidateResourcePolicy",
            SECRETS,
        ),
        reads("secretsmanager", "GetResourcePolicy"),
    ),
    "aws:secretsmanager/secretRotation:SecretRotation": (
        writes("secretsmanager", "CancelRotateSecret RotateSecret", "secret:rds!*"),
        reads("secretsmanager", "DescribeSecret"),
    ),
    # The provider reads a value back after it has set it, so this is no right of a preview.
    "aws:secretsmanager/secretVersion:SecretVersion": (
        writes("secretsmanager", "GetSecretValue PutSecretValue UpdateSecretVersionStage", SECRETS),
    ),
}
