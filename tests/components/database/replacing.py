"""Which properties of an RDS instance replace it, from the provider's own sources and not from memory.

Replacing is losing: the new instance is empty, and it cannot even be made while the old one has the identifier.
"""

from __future__ import annotations

from typing import Final

# `ForceNew: true` in the schema of aws_db_instance, hashicorp/terraform-provider-aws,
# internal/service/rds/instance.go (read at a commit of version 5, which has `blue_green_update` and `backup_target`).
SCHEMA: Final = "instance.go"
# `ForceNew: true` on each property inside the block `s3_import` of the same schema.
INSIDE: Final = "instance.go, s3_import.*"
# "Changing the region of a resource replaces it": the guide on enhanced region support of the provider's version 6.
REGION_GUIDE: Final = "guides/enhanced-region-support"

REPLACING: Final[dict[str, str]] = {
    "availabilityZone": SCHEMA,
    "backupTarget": SCHEMA,
    "characterSetName": SCHEMA,
    "customIamInstanceProfile": SCHEMA,
    "dbName": SCHEMA,
    "engine": SCHEMA,
    "kmsKeyId": SCHEMA,
    "ncharCharacterSetName": SCHEMA,
    "region": REGION_GUIDE,
    "restoreToPointInTime": SCHEMA,
    "s3Import": INSIDE,
    "snapshotIdentifier": SCHEMA,
    "storageEncrypted": SCHEMA,
    "timezone": SCHEMA,
    "username": SCHEMA,
}
# `identifier` and `identifierPrefix` did until version 4; now they rename (terraform-provider-aws#32687). The log
# groups and the address are named after it all the same, so it is called final in the component.

# What CreateDBInstance takes and ModifyDBInstance does not, by the provider's name: AWS itself cannot change it.
UNCHANGEABLE: Final[dict[str, str]] = {
    "AvailabilityZone": "availabilityZone",
    "BackupTarget": "backupTarget",
    "CharacterSetName": "characterSetName",
    "CustomIamInstanceProfile": "customIamInstanceProfile",
    "DBName": "dbName",
    "KmsKeyId": "kmsKeyId",
    "MasterUsername": "username",
    "NcharCharacterSetName": "ncharCharacterSetName",
    "StorageEncrypted": "storageEncrypted",
    "Timezone": "timezone",
}
# It has another name or another call for these, or they are about clusters and Oracle.
RENAMED: Final = {
    "DBClusterIdentifier",
    "DBSystemId",
    "EnableCloudwatchLogsExports",
    "Port",
    "Tags",
}
