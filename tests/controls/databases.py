"""Controls on databases: each function gives its findings over a recorded program, and none is good."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from tests.controls.database_inputs import INSTANCE, keys_of, where
from tests.controls.network import ASSOCIATION, INGRESS, ROUTE, SUBNET, identity
from tests.engine.recording import Recording
from tests.engine.registration import Registration

SUBNET_GROUP: Final = "aws:rds/subnetGroup:SubnetGroup"
ROTATION: Final = "aws:secretsmanager/secretRotation:SecretRotation"
EGRESS: Final = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
WELL_KNOWN_NAMES: Final = ("postgres", "admin")


def databases_stay_off_the_internet(recording: Recording) -> list[str]:
    """RDS.2 and RDS.46, stricter: no public address, and no route at all from any of their subnets."""
    findings = where(recording, "is reachable from outside", publiclyAccessible=False)
    tables = {
        each.inputs["subnetId"]: each.inputs["routeTableId"] for each in recording.all(ASSOCIATION)
    }
    known = {identity(each) for each in recording.all(SUBNET)}
    for database in recording.all(INSTANCE):
        subnets = _subnets(recording, database)
        if not subnets or not subnets <= known:
            findings.append(f"{database.name}: nobody knows where its subnets lead")
        for subnet in sorted(subnets & known):
            table = tables.get(subnet)
            leads = [
                each.name for each in recording.all(ROUTE) if each.inputs["routeTableId"] == table
            ]
            if table is None or leads:
                findings.append(f"{database.name}: {subnet} leads out")
    return findings


def databases_can_move_to_another_zone(recording: Recording) -> list[str]:
    """RDS refuses a subnet group in one zone."""
    zones = {identity(each): each.inputs["availabilityZone"] for each in recording.all(SUBNET)}
    return [
        f"{each.name}: one zone"
        for each in recording.all(INSTANCE)
        if len({zones.get(subnet) for subnet in _subnets(recording, each)} - {None}) < 2
    ]


def databases_outlive_a_zone(recording: Recording) -> list[str]:
    """RDS.5, for production."""
    return where(recording, "no standby", multiAz=True)


def databases_are_entered_by_name_on_their_port(recording: Recording) -> list[str]:
    """From groups that are named, to nothing but the database; and it begins no connection itself."""
    findings, owners = [], dict[str, str]()
    for database in recording.all(INSTANCE):
        port = database.inputs["port"]
        for group in database.inputs.get("vpcSecurityGroupIds", []):
            if owners.setdefault(group, database.name) != database.name:
                findings.append(f"{database.name}: shares a group with {owners[group]}")
            findings += [
                f"{database.name}: {rule.name} lets more in"
                for rule in _of(recording, INGRESS, group)
                if not rule.inputs.get("referencedSecurityGroupId")
                or _ports(rule) != ("tcp", port, port)
            ]
            findings += [
                f"{database.name}: {rule.name} lets it out"
                for rule in _of(recording, EGRESS, group)
            ]
        if not database.inputs.get("vpcSecurityGroupIds"):
            findings.append(f"{database.name}: is in the default group")
    return findings


def databases_are_encrypted_with_a_key_of_ours(recording: Recording) -> list[str]:
    """RDS.3, and stricter: with a key whose policy is written here."""
    return where(recording, "is not encrypted", storageEncrypted=True) + [
        f"{each.name}: storage has AWS's key"
        for each in recording.all(INSTANCE)
        if each.inputs.get("kmsKeyId") not in keys_of(recording)
    ]


def databases_hide_behind_no_well_known_name(recording: Recording) -> list[str]:
    """RDS.23 and RDS.25."""
    return [
        f"{each.name}: {key} {each.inputs.get(key)} is what everybody tries"
        for each in recording.all(INSTANCE)
        for key, tried in (("port", (5432, None)), ("username", (*WELL_KNOWN_NAMES, None)))
        if each.inputs.get(key) in tried
    ]


def databases_take_logins_by_iam(recording: Recording) -> list[str]:
    """RDS.10."""
    return where(recording, "no login by IAM", iamDatabaseAuthenticationEnabled=True)


def master_passwords_are_known_to_rds_alone(recording: Recording) -> list[str]:
    """No password in the program or its state, and the key that protects it is ours."""
    findings = where(recording, "its master's password is not RDS's", manageMasterUserPassword=True)
    for each in recording.all(INSTANCE):
        if each.inputs.keys() & {"password", "passwordWo"}:
            findings.append(f"{each.name}: a password is given")
        if each.inputs.get("masterUserSecretKmsKeyId") not in keys_of(recording):
            findings.append(f"{each.name}: its password has AWS's key")
    return findings


def master_passwords_rotate(recording: Recording) -> list[str]:
    """SecretsManager.1 and .4: within 90 days, by RDS itself, and never while a job has just read the old one."""
    rotations = {
        urn: each.inputs
        for each in recording.all(ROTATION)
        for urn in each.property_dependencies.get("secretId", ())
    }
    findings = []
    for each in recording.all(INSTANCE):
        rotation = rotations.get(each.urn, {})
        days = rotation.get("rotationRules", {}).get("automaticallyAfterDays", 0)
        if not 1 <= days <= 90:
            findings.append(f"{each.name}: its master's password lives {days or 'for RDS to say'}")
        if rotation.get("rotationLambdaArn"):
            findings.append(f"{each.name}: a function rotates what RDS rotates")
        if rotation.get("rotateImmediately") is not False:
            findings.append(f"{each.name}: rotated by an update")
    return findings


def _subnets(recording: Recording, database: Registration) -> set[str]:
    used = database.property_dependencies.get("dbSubnetGroupName", ())
    return {
        subnet
        for group in recording.all(SUBNET_GROUP)
        if group.urn in used
        for subnet in group.inputs["subnetIds"]
    }


def _of(recording: Recording, kind: str, group: str) -> Iterator[Registration]:
    return (each for each in recording.all(kind) if each.inputs["securityGroupId"] == group)


def _ports(rule: Registration) -> tuple[Any, Any, Any]:
    inputs = rule.inputs
    return inputs["ipProtocol"], inputs.get("fromPort"), inputs.get("toPort")
