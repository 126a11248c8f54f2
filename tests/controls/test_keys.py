"""Every control of the keys holds, and each is seen to fail on keys that were made worse."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from components.keys.encryption_key import EncryptionKey
from components.network.network import Network
from tests.components.keys.sample import key_args
from tests.components.network.sample import network_args
from tests.controls import keys as controls
from tests.controls.keys import CONTEXT, KEY, LOG_GROUP
from tests.controls.mutation import (
    Change,
    Mutation,
    becomes,
    controls_of,
    each_of,
    protecting,
    setting,
)
from tests.engine.mutate import DELETE
from tests.engine.recording import Recording, record

NAME = "logs-key"
FLOWS = "network-flow-log-group"
EVERY_GROUP = "arn:aws:logs:eu-west-1:111122223333:log-group:*"


@cache
def _recording() -> Recording:
    """A key for secrets, which is the account's alone, and one for logs with a group that uses it."""

    def program() -> None:
        EncryptionKey("secrets", key_args(alias="alias/secrets", statements=()))
        logs = EncryptionKey("logs", key_args(alias="alias/logs"))
        Network("network", network_args(logs_key_arn=logs.arn))

    return record(program)


def _set(path: str, value: Any = DELETE) -> Change:
    return setting(KEY, NAME, path, value)


LOGS = "policy!.Statement.1"
MUTATIONS = [
    *(
        Mutation(
            controls.keys_wait_a_month_for_deletion,
            f"deletionWindowInDays {becomes(days)}",
            _set("deletionWindowInDays", days),
            "logs-key: deleted after",
        )
        for days in (7, DELETE)
    ),
    Mutation(
        controls.keys_are_protected,
        "not protected",
        protecting(KEY, NAME, protect=False),
        "logs-key: not protected",
    ),
    *(
        Mutation(
            controls.keys_rotate, f"{path} {becomes(value)}", _set(path, value), "does not rotate"
        )
        for path, value in (
            ("enableKeyRotation", False),
            ("enableKeyRotation", DELETE),
            ("rotationPeriodInDays", 366),
        )
    ),
    *(
        Mutation(
            controls.keys_name_their_users,
            f"{path} {becomes(value)}",
            _set(f"{LOGS}.{path}", value),
            finding,
        )
        for path, value, finding in (
            ("Principal", "*", "for everybody"),
            ("Principal", {"AWS": "*"}, "for everybody"),
            ("Principal.Service", ["*"], "for everybody"),
            ("Action", "kms:*", "gives every action"),
            ("Action", ["kms:Decrypt", "*"], "gives every action"),
            ("Condition", DELETE, "for any customer"),
        )
    ),
    Mutation(
        controls.keys_stay_manageable,
        "no statement for the account",
        _set("policy!.Statement.0"),
        "the account cannot manage it",
    ),
    Mutation(
        controls.keys_stay_manageable,
        "no policy of ours",
        _set("policy"),
        "the account cannot manage it",
    ),
    Mutation(
        controls.keys_stay_manageable,
        "the account may only read",
        _set("policy!.Statement.0.Action", ["kms:Describe*"]),
        "the account cannot manage it",
    ),
    Mutation(
        controls.log_groups_may_use_their_key,
        "no statement for the logs service",
        _set(LOGS),
        f"{FLOWS}: {NAME} does not let CloudWatch Logs use it",
    ),
    Mutation(
        controls.log_groups_may_use_their_key,
        "a group of another name",
        setting(LOG_GROUP, FLOWS, "name", "/turnstay/staging/flow"),
        f"{FLOWS}: {NAME} does not let CloudWatch Logs use it",
    ),
    Mutation(
        controls.log_groups_may_use_their_key,
        "all groups",
        _set(f"{LOGS}.Condition.ArnLike.{CONTEXT}", [EVERY_GROUP]),
        f"CloudWatch Logs may use it for {EVERY_GROUP}",
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_key_is_found(mutation: Mutation) -> None:
    assert mutation.missed(_recording()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}
