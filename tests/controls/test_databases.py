"""Controls on databases hold, and each is seen to fail on a database that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import databases as controls
from tests.controls.database_inputs import INSTANCE
from tests.controls.database_sample import databases
from tests.controls.databases import EGRESS, ROTATION, SUBNET_GROUP
from tests.controls.keys import KEY
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.network import ASSOCIATION, INGRESS, ROUTE
from tests.controls.tables import table
from tests.engine.mutate import DELETE
from tests.engine.platform import STACKS, platform

NAME = "general-instance"
TABLE = "network-vpc-data-1-id"
PRODUCTION = {"databases_outlive_a_zone"}


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(INSTANCE, NAME, path, value)


def _rotation(path: str, value: Any = DELETE) -> Change:
    return setting(ROTATION, "general-master-rotation", path, value)


def _rule(path: str, value: Any = DELETE) -> Change:
    return setting(INGRESS, "ledger-database-ingress", path, value)


MUTATIONS = [
    *table(
        controls.databases_stay_off_the_internet,
        f"{NAME}: is reachable from outside",
        ("public", _set("publiclyAccessible", value=True)),
        ("public by default", _set("publiclyAccessible")),
    ),
    *table(
        controls.databases_stay_off_the_internet,
        f"{NAME}: nobody knows where",
        ("AWS's own subnets", removing(SUBNET_GROUP, "general-subnets")),
        (
            "a subnet of somebody else",
            setting(SUBNET_GROUP, "general-subnets", "subnetIds", ["subnet-1"]),
        ),
    ),
    *table(
        controls.databases_stay_off_the_internet,
        "leads out",
        (
            "private subnets",
            setting(
                SUBNET_GROUP,
                "general-subnets",
                "subnetIds",
                ["network-vpc-private-1-id", "network-vpc-private-2-id"],
            ),
        ),
        ("a way out", adding(ROUTE, routeTableId=TABLE, destinationCidrBlock="0.0.0.0/0")),
        ("the main route table", removing(ASSOCIATION, "network-vpc-data-1")),
    ),
    *table(
        controls.databases_can_move_to_another_zone,
        f"{NAME}: one zone",
        (
            "one subnet",
            setting(SUBNET_GROUP, "general-subnets", "subnetIds", ["network-vpc-data-1-id"]),
        ),
        (
            "two subnets in one zone",
            setting(
                SUBNET_GROUP,
                "general-subnets",
                "subnetIds",
                ["network-vpc-data-1-id", "network-vpc-card-1-id"],
            ),
        ),
    ),
    *table(
        controls.databases_outlive_a_zone,
        f"{NAME}: no standby",
        ("one zone", _set("multiAz", value=False)),
        ("one zone by default", _set("multiAz")),
    ),
    *table(
        controls.databases_are_entered_by_name_on_their_port,
        f"{NAME}: ledger-database-ingress lets more in",
        ("addresses", _rule("referencedSecurityGroupId")),
        ("all ports", _rule("fromPort", 0)),
        ("another port", _rule("toPort", 5439)),
        ("all protocols", _rule("ipProtocol", "-1")),
    ),
    *table(
        controls.databases_are_entered_by_name_on_their_port,
        f"{NAME}: extra lets it out",
        ("a way out", adding(EGRESS, securityGroupId="general-group-id", ipProtocol="-1")),
    ),
    *table(
        controls.databases_are_entered_by_name_on_their_port,
        f"{NAME}: is in the default group",
        ("no group", _set("vpcSecurityGroupIds")),
        ("no groups", _set("vpcSecurityGroupIds", [])),
    ),
    *table(
        controls.databases_are_entered_by_name_on_their_port,
        "shares a group with",
        ("the other's group", _set("vpcSecurityGroupIds", ["card-group-id"])),
    ),
    *table(
        controls.databases_are_encrypted_with_a_key_of_ours,
        f"{NAME}: is not encrypted",
        ("in clear", _set("storageEncrypted", value=False)),
        ("in clear by default", _set("storageEncrypted")),
    ),
    *table(
        controls.databases_are_encrypted_with_a_key_of_ours,
        f"{NAME}: storage has AWS's key",
        ("the default key", _set("kmsKeyId")),
        ("a key of another account", _set("kmsKeyId", "arn:aws:kms:eu-west-1:1:key/x")),
        ("a key that is gone", removing(KEY, "general-storage-key")),
    ),
    *table(
        controls.databases_hide_behind_no_well_known_name,
        "is what everybody tries",
        ("5432", _set("port", 5432)),
        ("5432 by default", _set("port")),
        ("postgres", _set("username", "postgres")),
        ("admin", _set("username", "admin")),
        ("RDS's choice", _set("username")),
    ),
    *table(
        controls.databases_take_logins_by_iam,
        f"{NAME}: no login by IAM",
        ("off", _set("iamDatabaseAuthenticationEnabled", value=False)),
        ("off by default", _set("iamDatabaseAuthenticationEnabled")),
    ),
    *table(
        controls.master_passwords_are_known_to_rds_alone,
        f"{NAME}: its master's password is not RDS's",
        ("ours", _set("manageMasterUserPassword")),
    ),
    *table(
        controls.master_passwords_are_known_to_rds_alone,
        f"{NAME}: a password is given",
        ("in the state", _set("password", "secret")),
        ("in the program", _set("passwordWo", "secret")),
    ),
    *table(
        controls.master_passwords_are_known_to_rds_alone,
        f"{NAME}: its password has AWS's key",
        ("the default key", _set("masterUserSecretKmsKeyId")),
    ),
    *table(
        controls.master_passwords_rotate,
        f"{NAME}: its master's password lives",
        ("RDS's 7 days", removing(ROTATION, "general-master-rotation")),
        ("a year", _rotation("rotationRules.automaticallyAfterDays", 365)),
        ("no days", _rotation("rotationRules.automaticallyAfterDays")),
    ),
    *table(
        controls.master_passwords_rotate,
        f"{NAME}: a function rotates",
        ("a function", _rotation("rotationLambdaArn", "arn:aws:lambda:eu-west-1:1:function:f")),
    ),
    *table(
        controls.master_passwords_rotate,
        f"{NAME}: rotated by an update",
        ("at once", _rotation("rotateImmediately", value=True)),
        ("at once by default", _rotation("rotateImmediately")),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_database_is_found(mutation: Mutation) -> None:
    assert mutation.missed(databases()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    if stack == "prod" or control not in PRODUCTION:
        assert getattr(controls, control)(platform(stack)) == []
