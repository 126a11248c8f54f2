"""Controls on topics hold, and each is seen to fail on a topic that was made worse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.controls import topics as controls
from tests.controls.database_events import SUBSCRIPTION
from tests.controls.database_sample import databases
from tests.controls.keys import KEY
from tests.controls.mutation import Change, Mutation, controls_of, each_of, removing, setting
from tests.controls.tables import table
from tests.controls.topics import POLICY, TOPIC
from tests.engine.mutate import DELETE, with_options
from tests.engine.platform import STACKS, platform
from tests.engine.recording import Recording

SOURCE = {"StringEquals": {"aws:SourceAccount": "111122223333"}}


def _topic(path: str, value: Any = DELETE) -> Change:
    return setting(TOPIC, "alerts-topic", path, value)


def _publisher(index: int, path: str, value: Any = DELETE) -> Change:
    return setting(POLICY, "alerts-policy", f"policy!.Statement.{index}.{path}", value)


def _key(path: str, value: Any = DELETE) -> Change:
    return setting(KEY, "alerts-key", f"policy!.Statement.1{path}", value)


def _without_waiting(recording: Recording) -> Recording:
    name = "database-events-instance"
    return with_options(recording, SUBSCRIPTION, name, property_dependencies={}, dependencies=())


MUTATIONS = [
    *table(
        controls.topics_are_encrypted_with_a_key_of_ours,
        "alerts-topic: key",
        ("in clear", _topic("kmsMasterKeyId")),
        ("AWS's key", _topic("kmsMasterKeyId", "alias/aws/sns")),
        ("a key that is gone", removing(KEY, "alerts-key")),
    ),
    *table(
        controls.topics_are_not_public,
        "alerts-topic: has SNS's own policy",
        ("no policy", removing(POLICY)),
    ),
    *table(
        controls.topics_are_not_public,
        "alerts-topic: CloudWatchAlarms is for everybody",
        ("everybody", _publisher(0, "Principal", "*")),
        ("every account", _publisher(0, "Principal", {"AWS": "*"})),
        ("every service", _publisher(0, "Principal.Service", ["*"])),
    ),
    *table(
        controls.topics_are_not_public,
        "is for any customer",
        ("any alarm", _publisher(0, "Condition")),
        ("any database", _publisher(1, "Condition")),
        ("a condition of another kind", _publisher(0, "Condition", {"Bool": {"x": "true"}})),
    ),
    *table(
        controls.topics_are_not_public,
        "does more than publish",
        ("everything", _publisher(0, "Action", "sns:*")),
    ),
    *table(
        controls.alerts_by_event_bridge_are_not_lost,
        "alerts-topic: EventBridge has a condition",
        ("a condition on the topic", _publisher(2, "Condition", SOURCE)),
    ),
    *table(
        controls.alerts_by_event_bridge_are_not_lost,
        "alerts-topic: its key asks EventBridge for the source",
        ("a condition on the key", _key(".Condition", SOURCE)),
    ),
    *table(
        controls.whoever_publishes_may_use_the_key,
        "cloudwatch.amazonaws.com may not use its key",
        ("nobody", _key("")),
        ("only the others", _key(".Principal.Service", ["events.amazonaws.com"])),
        ("only reading", _key(".Action", ["kms:Decrypt"])),
        (
            "for another topic",
            _key(
                ".Condition", {"ArnEquals": {"kms:EncryptionContext:aws:sns:topicArn": ["arn:x"]}}
            ),
        ),
    ),
    *table(
        controls.topics_may_be_published_to_before_they_are_used,
        "database-events-instance: may come before",
        ("not waited for", _without_waiting),
        ("no policy", removing(POLICY)),
    ),
]


@pytest.mark.parametrize("mutation", each_of(MUTATIONS))
def test_a_worse_topic_is_found(mutation: Mutation) -> None:
    assert mutation.missed(databases()) == ""


def test_every_control_is_seen_to_fail() -> None:
    assert controls_of(controls) == {each.control.__name__ for each in MUTATIONS}


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("control", sorted(controls_of(controls)))
def test_both_stacks_hold(stack: str, control: str) -> None:
    assert getattr(controls, control)(platform(stack)) == []
