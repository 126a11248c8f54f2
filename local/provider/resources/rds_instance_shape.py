"""An RDS instance in the provider's schema and in the API: the same things under other names."""

from __future__ import annotations

from typing import Final

from local.provider.sameness import same
from local.provider.values import Props, Value

# Inputs that CreateDBInstance and ModifyDBInstance take as they are, and what they call them.
ALIKE: Final = {
    "allocatedStorage": "AllocatedStorage",
    "autoMinorVersionUpgrade": "AutoMinorVersionUpgrade",
    "backupRetentionPeriod": "BackupRetentionPeriod",
    "backupWindow": "PreferredBackupWindow",
    "caCertIdentifier": "CACertificateIdentifier",
    "copyTagsToSnapshot": "CopyTagsToSnapshot",
    "dbSubnetGroupName": "DBSubnetGroupName",
    "deletionProtection": "DeletionProtection",
    "engineVersion": "EngineVersion",
    "iamDatabaseAuthenticationEnabled": "EnableIAMDatabaseAuthentication",
    "instanceClass": "DBInstanceClass",
    "maintenanceWindow": "PreferredMaintenanceWindow",
    "manageMasterUserPassword": "ManageMasterUserPassword",
    "masterUserSecretKmsKeyId": "MasterUserSecretKmsKeyId",
    "maxAllocatedStorage": "MaxAllocatedStorage",
    "monitoringInterval": "MonitoringInterval",
    "monitoringRoleArn": "MonitoringRoleArn",
    "multiAz": "MultiAZ",
    "parameterGroupName": "DBParameterGroupName",
    "performanceInsightsEnabled": "EnablePerformanceInsights",
    "performanceInsightsKmsKeyId": "PerformanceInsightsKMSKeyId",
    "performanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
    "publiclyAccessible": "PubliclyAccessible",
    "storageType": "StorageType",
    "vpcSecurityGroupIds": "VpcSecurityGroupIds",
}
# What only CreateDBInstance takes: a change of it is another instance.
AT_CREATION: Final = {
    "engine": "Engine",
    "kmsKeyId": "KmsKeyId",
    "storageEncrypted": "StorageEncrypted",
    "username": "MasterUsername",
}
# What DescribeDBInstances calls otherwise.
READ_AS: Final = {
    "iamDatabaseAuthenticationEnabled": "IAMDatabaseAuthenticationEnabled",
    "performanceInsightsEnabled": "PerformanceInsightsEnabled",
}
LOGS: Final = "enabledCloudwatchLogsExports"
# The port that was asked for. The one that a server has is another one where that was taken.
ASKED_PORT: Final = "askedPort"


def for_creation(new: Props) -> Props:
    """Write the inputs as CreateDBInstance takes them."""
    names = {**ALIKE, **AT_CREATION, "port": "Port", LOGS: "EnableCloudwatchLogsExports"}
    return {theirs: new[name] for name, theirs in names.items() if new.get(name) is not None}


def changes(old: Props, new: Props) -> Props:
    """Write what differs as ModifyDBInstance takes it; what the program says no more stays as it is."""
    names = {**ALIKE, "port": "DBPortNumber"}
    written = {
        theirs: new[name]
        for name, theirs in names.items()
        if new.get(name) is not None and not same(old.get(name), new[name])
    }
    if "EngineVersion" in written:
        written["AllowMajorVersionUpgrade"] = new.get("allowMajorVersionUpgrade", False)
    before, after = {*(old.get(LOGS) or ())}, {*(new.get(LOGS) or ())}
    if before != after:
        written["CloudwatchLogsExportConfiguration"] = {
            "EnableLogTypes": sorted(after - before),
            "DisableLogTypes": sorted(before - after),
        }
    return written


def from_aws(found: Props, wanted_version: str) -> Props:
    """Read inputs and outputs from DescribeDBInstances."""
    endpoint = found.get("Endpoint") or {}
    secret = found.get("MasterUserSecret") or {}
    groups = found.get("DBParameterGroups") or [{}]
    version = str(found["EngineVersion"])
    return {
        **{name: found.get(theirs) for name, theirs in {**ALIKE, **AT_CREATION, **READ_AS}.items()},
        "address": endpoint.get("Address"),
        "arn": found["DBInstanceArn"],
        "dbSubnetGroupName": (found.get("DBSubnetGroup") or {}).get("DBSubnetGroupName"),
        LOGS: found.get("EnabledCloudwatchLogsExports"),
        "endpoint": f"{endpoint['Address']}:{endpoint['Port']}" if endpoint else None,
        # 17 is no other version than 17.10: it leaves RDS the choice.
        "engineVersion": wanted_version if version.startswith(f"{wanted_version}.") else version,
        "engineVersionActual": version,
        "hostedZoneId": endpoint.get("HostedZoneId"),
        "identifier": found["DBInstanceIdentifier"],
        "manageMasterUserPassword": bool(secret),
        "masterUserSecretKmsKeyId": secret.get("KmsKeyId"),
        "masterUserSecrets": _secrets(secret),
        "parameterGroupName": groups[0].get("DBParameterGroupName"),
        "port": endpoint.get("Port"),
        ASKED_PORT: found.get("DbInstancePort") or endpoint.get("Port"),
        "resourceId": found["DbiResourceId"],
        "status": found["DBInstanceStatus"],
        "vpcSecurityGroupIds": [
            each["VpcSecurityGroupId"] for each in found.get("VpcSecurityGroups", [])
        ],
    }


def _secrets(secret: Props) -> list[Value]:
    names = {"kmsKeyId": "KmsKeyId", "secretArn": "SecretArn", "secretStatus": "SecretStatus"}
    return [{ours: secret.get(theirs) for ours, theirs in names.items()}] if secret else []
