"""The card service is apart, and each way of bringing it closer is found."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import card_zone as controls
from tests.controls.card_zone import CARD, EGRESS, MASK
from tests.controls.compute_sample import compute, image, secret
from tests.controls.mutation import (
    Change,
    Mutation,
    adding,
    controls_of,
    each_of,
    removing,
    setting,
)
from tests.controls.network import INGRESS, nothing_is_open_to_the_world
from tests.controls.repositories import REPOSITORY
from tests.controls.tables import table
from tests.controls.task_life import SERVICE
from tests.controls.tasks import LOG_GROUP, TASK
from tests.engine.mutate import DELETE
from tests.engine.outputs import arn
from tests.engine.platform import STACKS, platform

GROUP = f"{CARD}-tasks-id"
FROM_API = f"api-calls-{CARD}-ingress"
OPEN = {"securityGroupId": GROUP, "ipProtocol": "tcp", "fromPort": 8000, "toPort": 8000}


def _ledger(path: str, value: Any) -> Change:
    return setting(TASK, "ledger-task", path, value)


def _ingress(path: str, value: Any = DELETE) -> Change:
    return setting(INGRESS, FROM_API, path, value)


def _debug(path: str, value: Any) -> Change:
    return setting(TASK, "ledger-debug-task", f"containerDefinitions!.0.{path}", value)


MUTATIONS = [
    *table(
        controls.the_card_service_shares_nothing,
        "ledger-service: shares",
        (
            "its group",
            setting(SERVICE, "ledger-service", "networkConfiguration.securityGroups.0", GROUP),
        ),
        (
            "its task role",
            _ledger("taskRoleArn", f"arn:aws:iam::111122223333:role/{CARD}-task-role"),
        ),
        (
            "its execution role",
            _ledger("executionRoleArn", f"arn:aws:iam::111122223333:role/{CARD}-execution-role"),
        ),
        (
            "its log",
            _ledger(
                "containerDefinitions!.0.logConfiguration.options.awslogs-group",
                f"/turnstay/staging/{CARD}",
            ),
        ),
        (
            "the key of its log",
            setting(LOG_GROUP, "ledger-log", "kmsKeyId", arn("kms", "key/card-logs")),
        ),
        ("its image", _ledger("containerDefinitions!.0.image", image(CARD))),
        (
            "the key of its images",
            setting(
                REPOSITORY,
                "ledger-images-repository",
                "encryptionConfigurations.0.kmsKey",
                arn("kms", "key/card-images"),
            ),
        ),
        (
            "its secret, another key of it",
            _ledger("containerDefinitions!.0.secrets.0.valueFrom", f"{secret(CARD)}:other::"),
        ),
    ),
    *table(
        controls.the_card_service_is_entered_by_name_on_one_port,
        "open to addresses",
        ("our own network", adding(INGRESS, **OPEN, cidrIpv4="10.0.0.0/8")),
        ("a prefix list", adding(INGRESS, **OPEN, prefixListId="pl-1")),
        ("no group", _ingress("referencedSecurityGroupId")),
    ),
    *table(
        controls.the_card_service_is_entered_by_name_on_one_port,
        f"{FROM_API}: more than one port",
        ("every protocol", _ingress("ipProtocol", "-1")),
        ("a range", _ingress("toPort", 9000)),
    ),
    *table(
        controls.the_card_service_is_entered_by_name_on_one_port,
        "it is entered on several ports",
        (
            "a second port",
            adding(
                INGRESS, **{**OPEN, "fromPort": 22, "toPort": 22}, referencedSecurityGroupId="g"
            ),
        ),
    ),
    *table(
        controls.the_card_service_leaves_by_https_alone,
        "extra: leaves to addresses",
        (
            "everything",
            adding(EGRESS, securityGroupId=GROUP, ipProtocol="-1", cidrIpv4="0.0.0.0/0"),
        ),
        ("plain HTTP", adding(EGRESS, **{**OPEN, "fromPort": 80, "toPort": 80}, cidrIpv4="::/0")),
    ),
    *table(
        controls.card_numbers_are_masked_in_its_log,
        f"{CARD}-log: card numbers can be read",
        ("no mask", removing(MASK)),
        ("counted only", setting(MASK, f"{CARD}-log-mask", "policyDocument!.Statement.1")),
        ("another log", setting(MASK, f"{CARD}-log-mask", "logGroupName", "/x")),
    ),
    *table(
        controls.no_shell_is_offered_beside_card_data,
        "ledger-debug-task: debug: a shell beside card data",
        ("its image", _debug("image", image(CARD))),
        ("its secret", _debug("secrets.0.valueFrom", f"{secret(CARD)}:key::")),
        (
            "its log",
            _debug("logConfiguration.options.awslogs-group", f"/turnstay/staging/{CARD}"),
        ),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_card_service_less_apart_is_found(mutation: Mutation) -> None:
    assert mutation.missed(compute()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []


def test_the_card_service_has_belongings_at_all() -> None:
    sound = compute()
    own = controls.belongings(sound, sound.one(SERVICE, f"{CARD}-service"))
    assert own == {
        GROUP,
        f"arn:aws:iam::111122223333:role/{CARD}-execution-role",
        f"arn:aws:iam::111122223333:role/{CARD}-task-role",
        f"/turnstay/staging/{CARD}",
        arn("kms", "key/card-logs"),
        arn("kms", "key/card-images"),
        f"image turnstay-staging/{CARD}",
        secret(CARD),
    }


@pytest.mark.parametrize("group", ["ledger-tasks-id", "api-tasks-id", GROUP])
def test_a_rule_that_opens_a_service_to_the_world_is_found(group: str) -> None:
    """EC2.13, 14, 18, 19, 53 and 54, on the groups of services."""
    sound = compute()
    assert nothing_is_open_to_the_world(sound) == []
    for changes in ({}, {"ipProtocol": "-1"}, {"fromPort": 22, "toPort": 22}):
        rule = {**OPEN, **changes, "securityGroupId": group, "cidrIpv4": "0.0.0.0/0"}
        assert nothing_is_open_to_the_world(adding(INGRESS, **rule)(sound)) == [
            "extra: open to the world"
        ]
