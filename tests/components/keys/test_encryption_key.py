from __future__ import annotations

from typing import Any

import pulumi
import pytest

from components.keys.encryption_key import EncryptionKey
from components.keys.policies import key_policy
from tests.components.keys.sample import ACCOUNT, LOGS, key_args
from tests.engine.lint import unknown_properties
from tests.engine.recording import Recording, record
from tests.engine.values import UNKNOWN

KEY = "aws:kms/key:Key"
ALIAS = "aws:kms/alias:Alias"


def _record(*, preview: bool = False, **changes: Any) -> Recording:
    def program() -> None:
        key = EncryptionKey("logs", key_args(**changes))
        pulumi.export("alias", key.alias_name)

    return record(program, preview=preview)


def test_the_key_rotates_and_waits_a_month_before_it_is_deleted() -> None:
    key = _record().one(KEY, "logs-key")

    assert key.inputs == {
        "description": "Logs of the services",
        "enableKeyRotation": True,
        "rotationPeriodInDays": 365,
        "deletionWindowInDays": 30,
        "policy": key.inputs["policy"],
    }
    assert key.json("policy") == key_policy(ACCOUNT, [LOGS])
    assert unknown_properties(key) == []


def test_the_alias_points_at_the_key() -> None:
    recording = _record()

    assert recording.one(ALIAS, "logs-alias").inputs == {
        "name": "alias/turnstay-staging-logs",
        "targetKeyId": "logs-key-id",
    }
    assert recording.exports == {"alias": "alias/turnstay-staging-logs"}


def test_periods_are_those_of_the_arguments() -> None:
    inputs = _record(deletion_window_days=7, rotation_period_days=90).one(KEY, "logs-key").inputs

    assert (inputs["deletionWindowInDays"], inputs["rotationPeriodInDays"]) == (7, 90)


@pytest.mark.parametrize("protect", [True, False])
def test_the_key_is_protected_as_asked_and_its_alias_never(protect: bool) -> None:
    recording = _record(protect=protect)

    assert recording.one(KEY, "logs-key").protect is protect
    assert recording.one(ALIAS, "logs-alias").protect is False


def test_it_gives_arn_id_and_alias() -> None:
    recording = _record()

    assert recording.outputs[recording.one("turnstay:keys:EncryptionKey", "logs").urn] == {
        "arn": "arn:aws:kms:eu-west-1:111122223333:key/logs-key",
        "key_id": "logs-key-id",
        "alias_name": "alias/turnstay-staging-logs",
    }


def test_a_preview_shows_the_whole_policy() -> None:
    recording = _record(preview=True)

    assert recording.one(KEY, "logs-key").json("policy") == key_policy(ACCOUNT, [LOGS])
    assert recording.one(ALIAS, "logs-alias").inputs["targetKeyId"] is UNKNOWN


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"alias": "turnstay-logs"}, "alias is 'alias/' and then letters, .* got 'turnstay-logs'"),
        ({"alias": "alias/aws/logs"}, "'alias/aws/' is AWS's own"),
        ({"alias": "alias/turnstay logs"}, "got 'alias/turnstay logs'"),
        ({"deletion_window_days": 6}, "deletion_window_days is 7 to 30, got 6"),
        ({"deletion_window_days": 31}, "deletion_window_days is 7 to 30, got 31"),
        ({"rotation_period_days": 89}, "rotation_period_days is 90 to 2560, got 89"),
        ({"rotation_period_days": 2561}, "rotation_period_days is 90 to 2560, got 2561"),
    ],
)
def test_arguments_that_aws_would_refuse_are_refused_at_once(
    changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        key_args(**changes)
